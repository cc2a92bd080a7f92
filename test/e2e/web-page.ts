/** What tests ask of a page in a real browser. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { inCheckout } from '../../setup/checkout.mjs'

type Violation = { id: string; nodes: { html: string }[] }

const axe = readFileSync(inCheckout('node_modules', 'axe-core', 'axe.min.js'), 'utf8')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds, by WCAG 2.2 AA and its own good practice: `rule: the first element`. */
export async function violationsOf(page: Page): Promise<string[]> {
  // Not as a script of the page, which its policy rightly forbids.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe)
  const found = await page.evaluate<Violation[]>(
    `axe.run(document, { runOnly: ${JSON.stringify(rules)}, resultTypes: ['violations'] }).then(result => result.violations)`,
  )
  return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}

export async function expectAccessible(page: Page, where: string): Promise<void> {
  expect(await violationsOf(page), where).toEqual([])
}

/** A frame rate can be perfect over a blank list: looks at what is really painted at the lower end of a list. */
export const rowAtEnd = (page: Page, list: string): Promise<string | null> =>
  page.evaluate<string | null>(`(() => {
    const { left, bottom } = document.querySelector(${JSON.stringify(list)}).getBoundingClientRect()
    return document.elementFromPoint(left + 120, bottom - 20)?.closest('[role=option]')?.textContent ?? null
  })()`)

/** Nothing is wider than the window. */
export const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)

/** Faults of the page itself, collected while it is open. */
export function faultsOf(page: Page): string[] {
  const faults: string[] = []
  page.on('pageerror', error => faults.push(error.message))
  page.on('console', message => {
    // What a cut wire leaves behind is what was asked for.
    if (message.type() === 'error' && !/net::ERR|WebSocket|Failed to load resource/.test(message.text()))
      faults.push(message.text())
  })
  return faults
}
