/** The page on the histories of its stories, built once for a test file, in a real browser. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { build, preview } from 'vite'
import { expect, vi } from 'vitest'
import { inCheckout } from '../../setup/checkout.mjs'
import { launchBrowser } from '../browser.ts'
import { faultsOf } from './web-page.ts'

export const desktop = { viewport: { width: 1440, height: 900 } }
export const phone = { viewport: { width: 360, height: 740 }, hasTouch: true }

/** `params`: more of the address, such as `&rate=100&ready=2000`. */
type OpenOptions = { context?: BrowserContextOptions; page?: Page; params?: string }

export type StoryPages = {
  browser: Browser
  /** A page on a history, at an address in which `{run}` stands for the run. Faults of the page fail the test. */
  open(history: string, at: string, options?: OpenOptions): Promise<Page>
  close(): Promise<void>
}

/** Builds and serves the stories; the caller closes what it gets. */
export async function openStories(): Promise<StoryPages> {
  vi.stubEnv('NODE_ENV', 'production')
  const out = mkdtempSync(join(tmpdir(), 'orrery-stories-'))
  const configFile = inCheckout('web', 'vite.config.ts')
  const input = inCheckout('web', 'stories', 'index.html')
  await build({ configFile, logLevel: 'silent', build: { outDir: out, emptyOutDir: true, rolldownOptions: { input } } })
  const server = await preview({
    configFile,
    logLevel: 'silent',
    build: { outDir: out },
    preview: { host: '127.0.0.1', port: 0 },
  })
  const address = server.resolvedUrls?.local[0] ?? ''
  const browser = await launchBrowser()
  return {
    browser,
    async open(history, at, { context, page: given, params = '' } = {}) {
      const page = given ?? (await (await browser.newContext({ ...desktop, ...context })).newPage())
      page.setDefaultTimeout(20_000)
      const faults = faultsOf(page)
      await page.goto(`${address}stories/?history=${history}&at=${encodeURIComponent(at)}${params}`)
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      await page.waitForFunction(() => document.querySelector('[aria-label="Loading"]') === null)
      expect(faults).toEqual([])
      return page
    },
    async close() {
      await browser.close()
      await server.close()
      rmSync(out, { recursive: true, force: true })
    },
  }
}
