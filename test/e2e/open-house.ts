/** A furnished server, a browser, and a session in it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { buildWeb } from '../../setup/web.mjs'
import { launchBrowser } from '../browser.ts'
import { furnish, type House } from './house.ts'
import type { Product } from './product.ts'
import { faultsOf } from './web-page.ts'

export type OpenHouse = {
  house: House
  url: string
  /** A page whose browser is signed in, with what it complains of. */
  page(options: BrowserContextOptions): Promise<{ page: Page; faults: string[]; close(): Promise<void> }>
  close(): Promise<void>
}

/** `product` has begun; it is stopped when the house is closed. */
export async function openHouse(product: Product): Promise<OpenHouse> {
  const home = mkdtempSync(join(tmpdir(), 'orrery-house-'))
  let browser: Browser | null = null
  const close = async () => {
    await browser?.close()
    await product.stop()
    rmSync(home, { recursive: true, force: true })
  }
  try {
    const [house, opened] = await Promise.all([furnish(product, home), launchBrowser(), buildWeb(() => {})])
    browser = opened
    const session = await signIn(opened, product)
    return {
      ...{ house, url: product.url(), close },
      async page(options) {
        const context = await opened.newContext({ ...options, storageState: session })
        const page = await context.newPage()
        page.setDefaultTimeout(30_000)
        return { page, faults: faultsOf(page), close: () => context.close() }
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function signIn(browser: Browser, product: Product) {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(product.url() + product.link())
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
  const session = await context.storageState()
  await context.close()
  return session
}
