import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from './browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

test('a page runs scripts, and its letters have shapes: without fonts, all would be the same box', async () => {
  const page = await browser.newPage({ viewport: { width: 400, height: 120 } })
  await page.setContent('<p style="font: 40px sans-serif">nothing yet</p>')
  const pictureOf = async (text: string) => {
    await page.locator('p').evaluate((p, shown) => p.replaceChildren(shown), text)
    return page.screenshot()
  }
  const [first, again, other] = [await pictureOf('bbb'), await pictureOf('bbb'), await pictureOf('ddd')]
  expect(first.equals(again)).toBe(true)
  expect(first.equals(other)).toBe(false)
  await page.close()
})

test('the security of the web is on: another origin is out of reach', async () => {
  const page = await browser.newPage()
  await page.goto('data:text/html,<iframe src="about:blank" sandbox></iframe>')
  const reached = page.evaluate('document.querySelector("iframe").contentWindow.document.title')
  await expect(reached).rejects.toThrow(/cross-origin/)
  await page.close()
})
