/** The keys that a page lists under `?`, and what pressing them changes. */
import type { Page } from 'playwright-core'

export type ListedKey = { keys: string; title: string; group: string }

const names: Record<string, string> = {
  Esc: 'Escape',
  '↑': 'ArrowUp',
  '↓': 'ArrowDown',
  '←': 'ArrowLeft',
  '→': 'ArrowRight',
  '↵': 'Enter',
}

/** What the sheet of actions lists, as it is pressed. The sheet is closed again. */
export async function listedKeys(page: Page): Promise<ListedKey[]> {
  const sheet = page.getByRole('dialog', { name: 'Actions and their keys' })
  await page.keyboard.press('?')
  await untilSheet(page, true)
  const found = await sheet.locator('section:has(> ul)').evaluateAll(sections =>
    sections.flatMap(section =>
      [...section.querySelectorAll('button')].map(button => ({
        group: section.querySelector('h3')?.textContent ?? '',
        title: button.querySelector('span')?.textContent ?? '',
        keys: [...button.querySelectorAll('kbd')].map(key => key.textContent ?? ''),
      })),
    ),
  )
  await page.keyboard.press('Escape')
  await untilSheet(page, false)
  return found.map(({ keys, ...rest }) => ({ ...rest, keys: keys.map(key => names[key] ?? key).join(' ') }))
}

/** Looks at every frame: it is there, or gone, sooner than a locator looks again. */
const untilSheet = (page: Page, open: boolean): Promise<unknown> =>
  page.waitForFunction(
    wanted => (document.querySelector('dialog[open] section:has(> ul) kbd') !== null) === wanted,
    open,
  )

/** `g h`, `Ctrl k`, `P`: one after another, as fingers do. */
export async function pressKeys(page: Page, keys: string): Promise<void> {
  if (keys === 'Ctrl k') return page.keyboard.press('Control+k')
  for (const key of keys.split(' ')) await page.keyboard.press(key)
}

/**
 * All of a page that a key may change: address, what is shown and chosen, focus, scrolling. Clocks go on by themselves, and
 * so does what tells those who listen how the run stands.
 */
export const lookOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement, documentElement, body } = document
    const focus = activeElement === body ? '' : `${activeElement?.tagName} ${activeElement?.className}`
    const scrolled = [...document.querySelectorAll('*')].map(one => one.scrollTop + one.scrollLeft).filter(Boolean)
    const clone = body.cloneNode(true) as HTMLElement
    clone.querySelector('main > p.sr-only[role=status]')?.remove()
    const texts = document.createTreeWalker(clone, NodeFilter.SHOW_TEXT)
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode())
      text.nodeValue = (text.nodeValue ?? '').replace(/\d/g, '#')
    const theme = documentElement.outerHTML.split('>')[0]
    return [location.href, theme, focus, scrolled.join(), clone.innerHTML].join('\n')
  })

/** Controls in sight that claim the same key: `key: one, other`. */
export const claimedTwice = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const claims = new Map<string, string[]>()
    for (const one of document.querySelectorAll<HTMLElement>('[aria-keyshortcuts]')) {
      const key = one.getAttribute('aria-keyshortcuts') ?? ''
      if (one.checkVisibility()) claims.set(key, [...(claims.get(key) ?? []), one.textContent ?? ''])
    }
    return [...claims].filter(([, who]) => who.length > 1).map(([key, who]) => `${key}: ${who.join(', ')}`)
  })
