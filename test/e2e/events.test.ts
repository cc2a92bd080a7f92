/** The events of a run in a real browser: a text is found in all of them, one leads to a fork, and shows what is kept beside it. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { openStories, phone, type StoryPages } from './story-pages.ts'
import { expectAccessible, isTooWide } from './web-page.ts'

// A browser on a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 })

let stories: StoryPages
beforeAll(async () => {
  stories = await openStories()
}, 120_000)
afterEach(async () => {
  await Promise.all(stories.browser.contexts().map(context => context.close()))
})
afterAll(() => stories?.close(), 30_000)

const tab = '/runs/{run}?tab=events'
const rows = (page: Page) => page.getByRole('listbox').getByRole('option')
const field = (page: Page) => page.getByRole('textbox', { name: 'Search in what events hold' })
const told = (page: Page) => page.getByRole('search', { name: 'Search in what events hold' }).getByRole('status')
const chosen = (page: Page) => page.getByRole('listbox').getByRole('option', { selected: true })
const marks = (page: Page) => page.getByRole('listbox').locator('mark')

describe('a search in what events hold', () => {
  test('finds a text in 100,000 of them, and goes from one to the next while rows stay few', async () => {
    const page = await stories.open('endless', tab)
    await page.keyboard.press('s')
    await page.keyboard.type('TARGET-4242')
    await page.getByText('11 found').waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('11 of 11').waitFor()
    expect(await chosen(page).textContent()).toContain('42429')
    expect(await marks(page).allTextContents()).toContain('target-4242')
    await page.keyboard.press('Escape')
    await page.keyboard.press('n')
    await page.getByText('1 of 11', { exact: true }).waitFor()
    expect(await chosen(page).textContent()).toMatch(/target-4242$/)
    expect(await chosen(page).isVisible()).toBe(true)
    await page.keyboard.press('p')
    await page.getByText('11 of 11').waitFor()
    expect(await rows(page).count()).toBeLessThan(90)
    await page.getByRole('complementary', { name: 'ToolCallStarted' }).locator('mark').first().waitFor()
    await expectAccessible(page, 'hits')
    await page.keyboard.press('o')
    await expect.poll(() => rows(page).count()).toBe(11)
  })

  test('keeps every letter of a hand that is faster than the address', async () => {
    const page = await stories.open('endless', tab)
    await field(page).evaluate(typeAtOnce, 'make target-31415')
    expect(await field(page).inputValue()).toBe('make target-31415')
    await page.getByText('1 found', { exact: true }).waitFor()
    await field(page).clear()
    await expect.poll(() => told(page).textContent()).toBe('')
    expect(await field(page).inputValue()).toBe('')
  })

  test('stands in the address, and shows where the text is if the line does not', async () => {
    const page = await stories.open('succeeded', `${tab}&has=maxattempts&hits=only`)
    await expect.poll(() => marks(page).count()).toBeGreaterThan(3)
    for (const text of await rows(page).allTextContents()) expect(text).toContain('…')
    expect(new Set(await marks(page).allTextContents())).toEqual(new Set(['maxAttempts']))
    await page.getByRole('button', { name: 'Only these' }).click()
    await expect.poll(() => rows(page).count()).toBeGreaterThan(await marks(page).count())
  })

  test('goes on with what happens meanwhile', async () => {
    const page = await stories.open('endless', `${tab}&has=target-5`, { params: '&rate=500&ready=2000' })
    const count = async () => Number(/^[\d,]+/.exec((await told(page).textContent()) ?? '')?.[0].replace(',', ''))
    await expect.poll(count).toBeGreaterThan(100)
    const before = await count()
    // Of 5,000 … 5,999 all hold it.
    await expect.poll(count, { timeout: 30_000 }).toBeGreaterThan(before + 200)
    await marks(page).first().waitFor()
  })

  test('counts in the past what had happened by then', async () => {
    const page = await stories.open('endless', `${tab}&has=target-999&at=50000`)
    await page.getByText('11 found').waitFor()
    await page.keyboard.press('l')
    await page.getByText('111 found').waitFor()
  })

  test.each([
    ['signs of patterns', '.*(a|b)[c]\\d$', /^Nowhere/],
    ['NUL', 'a\u0000b', /^Nowhere/],
    ['right to left', '\u202eשלום', /^Nowhere/],
    ['markup', '<img src=x onerror=alert(1)>', /^Nowhere/],
    ['10 KB', 'x'.repeat(10_000), /At most 200 characters/],
    ['nothing but spaces', '   ', /^$/],
  ])('of %s is nothing but a text', async (_, text, answer) => {
    const page = await stories.open('succeeded', `${tab}&has=${encodeURIComponent(text)}`)
    await expect.poll(() => told(page).textContent()).toMatch(answer)
    expect(await field(page).inputValue()).toContain(text.trim().slice(-5))
    expect(await marks(page).count()).toBe(0)
    expect(await rows(page).count()).toBeGreaterThan(20)
  })

  test('brings what it found into view on a phone, where an event is opened by a tap', async () => {
    const page = await stories.open('endless', `${tab}&has=target-77`, { context: phone })
    await page.getByText('1,111 found').waitFor()
    await page.getByRole('button', { name: 'Previous place' }).tap()
    await page.getByText('1,111 of 1,111').waitFor()
    expect(await chosen(page).textContent()).toContain('77999')
    expect([await chosen(page).isVisible(), await isTooWide(page)]).toEqual([true, false])
    await chosen(page).tap()
    await page.getByRole('complementary', { name: 'ToolCallStarted' }).waitFor()
  })
})

test('a fork begins at the event that is looked at', async () => {
  const page = await stories.open('running', `${tab}&seq=24`)
  await page.keyboard.press('B')
  await page.getByRole('dialog').getByRole('button', { name: 'Fork after event 24' }).waitFor()
})

describe('what is kept beside an event', () => {
  test('is named with its size, and read when one asks, without being obeyed', async () => {
    const page = await stories.open('succeeded', `${tab}&seq=45`)
    const detail = page.getByRole('complementary', { name: 'ToolCallFinished' })
    await detail.getByText('7.0 MiB').waitFor()
    const title = await page.title()
    expect(await detail.getByText('pricing-0.test.ts').count()).toBe(0)
    await page.keyboard.press('E')
    const text = detail.getByRole('region', { name: 'What it answered' })
    await text.getByText('pricing-0.test.ts').waitFor()
    expect(await text.locator('script, a').count()).toBe(0)
    expect(await text.locator('[data-colour="red"]').count()).toBeGreaterThan(10)
    expect(await text.textContent()).not.toMatch(/[\u001b\u202e]/)
    expect(await page.title()).toBe(title)
    await detail.getByText(/^The first .* of 7\.0 MiB/).waitFor()
    expect(await detail.getByRole('link', { name: 'Download: What it answered' }).getAttribute('href')).toMatch(
      /^\/bodies\/run_[0-9a-f]{32}\/45\/(e7){32}$/,
    )
    await expectAccessible(page, 'a body')
    await page.keyboard.press('E')
    await text.waitFor({ state: 'detached' })
  })
})

test.each([['on a desk', {}] as const, ['on a phone', phone] as const])(
  'a finding that an address names is open and in view, %s',
  async (_, context) => {
    const report = '/runs/{run}?tab=artifacts&artifact=art_0199000000007000a000000000000005'
    const page = await stories.open('succeeded', `${report}&finding=40`, { context })
    const detail = page.getByRole('region', { name: 'The finding in full' })
    const message = (await detail.getByRole('heading').textContent()) ?? ''
    const row = page.getByRole('region', { name: 'Findings' }).getByRole('button', { expanded: true })
    expect(await row.textContent()).toBe(message)
    await expect.poll(() => row.evaluate(isSeen)).toBe(true)
    await detail.getByRole('button', { name: 'Close' }).click()
    await detail.waitFor({ state: 'detached' })
  },
)

/** Letter after letter, and no moment between them for anything else. Runs in the page. */
function typeAtOnce(field: HTMLElement | SVGElement, text: string): void {
  const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
  for (const letter of text) {
    write?.call(field, (field as HTMLInputElement).value + letter)
    field.dispatchEvent(new InputEvent('input', { bubbles: true, data: letter }))
  }
}

/** Whether its middle is drawn, and nothing over it. Runs in the page. */
function isSeen(one: Element): boolean {
  const { left, top, width, height } = one.getBoundingClientRect()
  return one.parentElement?.contains(document.elementFromPoint(left + width / 2, top + height / 2)) === true
}
