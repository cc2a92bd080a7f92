/**
 * How long a change of 5,000 lines takes from the click to its lines on the screen, in a real browser, against the same
 * text laid out by that browser as one plain block: whatever a page does, it cannot show text faster than that.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { build, preview } from 'vite'
import { inCheckout } from '../setup/checkout.mjs'
import { launchBrowser } from '../test/browser.ts'
import { longPatch } from '../web/stories/long-patch.ts'
import { median } from './harness.ts'

const lines = 5_000
const rounds = 3
/** Milliseconds. */
const bound = 300

const patch = JSON.parse(String(longPatch(lines).body)) as { diff: { text: string } }

async function withStories(work: (address: string, browser: Browser) => Promise<void>): Promise<void> {
  process.env.NODE_ENV = 'production'
  const outDir = mkdtempSync(join(tmpdir(), 'orrery-bench-patch-'))
  const configFile = inCheckout('web', 'vite.config.ts')
  const input = inCheckout('web', 'stories', 'index.html')
  await build({ configFile, logLevel: 'silent', build: { outDir, emptyOutDir: true, rolldownOptions: { input } } })
  const server = await preview({
    configFile,
    logLevel: 'silent',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0 },
  })
  const browser = await launchBrowser()
  try {
    await work(server.resolvedUrls?.local[0] ?? '', browser)
  } finally {
    await browser.close()
    await server.close()
    rmSync(outDir, { recursive: true, force: true })
  }
}

/** From the click on the tab to the frame in which a line of the change is painted within the view. */
async function opened(page: Page, address: string): Promise<number> {
  await page.goto(`${address}stories/?history=patch&at=${encodeURIComponent('/runs/{run}?tab=tasks')}`)
  await page.getByRole('link', { name: /^Artifacts/ }).waitFor()
  return page.evaluate<number>(`new Promise(resolve => {
    const began = performance.now()
    ;[...document.querySelectorAll('a')].find(one => one.textContent.startsWith('Artifacts')).click()
    const look = () => {
      const line = document.querySelector('[data-kind="added"], [data-kind="removed"]')
      const box = line?.getBoundingClientRect()
      const seen = box !== undefined && box.height > 0 && document.elementFromPoint(box.x + 150, box.y + 5) !== null
      seen ? requestAnimationFrame(() => resolve(performance.now() - began)) : requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })`)
}

/** The same text as one block, from its insertion to the next frame. */
const laidOut = (page: Page): Promise<number> =>
  page.evaluate<number>(`new Promise(resolve => {
    const block = document.createElement('pre')
    const began = performance.now()
    block.textContent = ${JSON.stringify(patch.diff.text)}
    document.body.append(block)
    block.getBoundingClientRect()
    requestAnimationFrame(() => {
      resolve(performance.now() - began)
      block.remove()
    })
  })`)

await withStories(async (address, browser) => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  // By then the parts of the page that are loaded late are in the browser's cache.
  await opened(page, address)
  const taken: { opened: number; floor: number }[] = []
  for (let round = 0; round < rounds; round++)
    taken.push({ opened: await opened(page, address), floor: await laidOut(page) })
  const [ms, floor] = [median(taken.map(one => one.opened)), median(taken.map(one => one.floor))]
  const reached = ms <= bound
  console.log(
    `${reached ? 'ok  ' : 'MISS'} a change of ${lines} lines opens: ${Math.round(ms)} ms (at most ${bound}) · ratio ${(ms / floor).toFixed(1)} to the bare text, ${Math.round(floor)} ms`,
  )
  if (!reached) process.exitCode = 1
})
