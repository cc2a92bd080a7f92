/** `npm run screenshots`: every page of a furnished house, on a desk and on a phone, by day and by night, into docs/images. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import UPNG from 'upng-js'
import { inCheckout } from '../../setup/checkout.mjs'
import { openHouse } from './open-house.ts'
import { createProduct } from './product.ts'
import { type Stop, tourOf, visit } from './tour.ts'

const folder = inCheckout('docs', 'images')
const desk = { viewport: { width: 1440, height: 900 } }
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true }
const looks: readonly [string, BrowserContextOptions][] = [
  ['desk-light', { ...desk, colorScheme: 'light' }],
  ['desk-dark', { ...desk, colorScheme: 'dark' }],
  ['phone-light', { ...phone, colorScheme: 'light' }],
  ['phone-dark', { ...phone, colorScheme: 'dark' }],
]
/** So many shades are as good as all for a page that is mostly type, at a third of the size. */
const colours = 64

const data = mkdtempSync(join(tmpdir(), 'orrery-screenshots-'))
const product = createProduct(data)
await product.start()
const open = await openHouse(product)
try {
  const pictures = new Map<string, Uint8Array>()
  for (const [look, options] of looks) {
    const { page, close } = await open.page({ ...options, reducedMotion: 'reduce' })
    for (const stop of tourOf(open.house)) pictures.set(`${stop.name}-${look}.png`, await taken(page, stop))
    await close()
  }
  // All or none: a tour that breaks off leaves the old ones.
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [name, picture] of pictures) writeFileSync(join(folder, name), picture)
  const bytes = [...pictures.values()].reduce((sum, { length }) => sum + length, 0)
  process.stdout.write(`${pictures.size} pictures, ${(bytes / 1_048_576).toFixed(1)} MiB\n`)
} finally {
  await open.close()
  rmSync(data, { recursive: true, force: true })
}

async function taken(page: Page, stop: Stop): Promise<Uint8Array> {
  await visit(page, open.url, stop)
  // What comes late is in the picture, too.
  await page.waitForLoadState('networkidle')
  const { buffer, byteOffset, byteLength } = await page.screenshot({ animations: 'disabled' })
  const picture = UPNG.decode(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer)
  return new Uint8Array(UPNG.encode(UPNG.toRGBA8(picture), picture.width, picture.height, colours))
}
