/** Deciding in a real browser: what is asked of people, two runs beside each other, and a fork before it begins. */
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

const push = 'apr_01990000000070008000000000000003'
const fork = 'run_01990000000070008000000000000101'
const comparison = `/compare?left={run}&right=${fork}`

describe('what is asked of people', () => {
  test('stands beside all that one needs to decide: the change, the facts, the money, the time that is left', async () => {
    const page = await stories.open('change', '/approvals')
    const question = page.getByRole('article', { name: /Put this change on a branch/ })
    await question
      .getByRole('region', { name: 'The change that is asked about' })
      .getByText('src/money.ts')
      .first()
      .waitFor()
    await question.getByText('$0.35 of $2.00').waitFor()
    await question.getByText(/^1:\d\d:\d\d left$/).waitFor()
    await question.getByRole('link', { name: 'event 71' }).waitFor()
    await expectAccessible(page, 'a question')
  })

  test('is walked through and answered by key; what cannot be taken back is asked twice', async () => {
    const page = await stories.open('change', '/approvals')
    await page.getByRole('article', { name: /Put this change/ }).waitFor()
    await page.keyboard.press('j')
    await page.getByRole('article', { name: /The budget of the run/ }).waitFor()
    await page.keyboard.press('j')
    await page.getByRole('article', { name: /Carry this plan out/ }).waitFor()
    await page.getByText('1 of 2 people have agreed').waitFor()
    await page.getByText('Give rounding a function of its own').waitFor()
    await page.keyboard.press('k')
    await page.keyboard.press('k')
    await page.getByRole('article', { name: /Put this change/ }).waitFor()
    await page.keyboard.press('a')
    const sure = page.getByRole('dialog')
    await sure.getByText('cannot be taken back').waitFor()
    await sure.getByRole('button', { name: 'Not yet' }).click()
    await page
      .getByRole('article', { name: /Put this change/ })
      .getByRole('button', { name: /^Deny/ })
      .waitFor()
  })

  test('whoever was too late is told who was faster', async () => {
    const page = await stories.open('change', '/approvals')
    await page.getByRole('article', { name: /Put this change/ }).waitFor()
    await page.keyboard.press('d')
    await page.getByText('Ada answered this before; your answer has no effect').waitFor()
  })

  test('a key answers nothing that is not seen', async () => {
    const page = await stories.open('change', '/runs/{run}?tab=artifacts')
    await page.getByRole('region', { name: 'Your review' }).waitFor()
    await page.keyboard.press('d')
    await page.keyboard.press('a')
    await page.waitForTimeout(500)
    expect(await page.getByText('Ada answered this before').count()).toBe(0)
    expect(await page.getByRole('dialog').count()).toBe(0)
  })

  test('on a phone it is a list, and then one question', async () => {
    const page = await stories.open('change', '/approvals', { context: phone })
    await page.getByRole('link', { name: /Put this change/ }).tap()
    await page.getByRole('article', { name: /Put this change/ }).waitFor()
    expect(await isTooWide(page)).toBe(false)
    await expectAccessible(page, 'a question on a phone')
    await page.getByRole('link', { name: 'All questions' }).tap()
    await page.getByRole('link', { name: /Carry this plan out/ }).waitFor()
  })

  test('an address leads to one question, or says that there is none', async () => {
    const page = await stories.open('change', `/approvals?approval=${push}`)
    await page.getByRole('article', { name: /Put this change/ }).waitFor()
    const other = await stories.open('change', '/approvals?approval=apr_00000000000000000000000000000009')
    await other.getByRole('heading', { name: 'There is no such question' }).waitFor()
  })
})

describe('two runs beside each other', () => {
  test('are measured from where they went apart, and each side leads to its events', async () => {
    const page = await stories.open('change', comparison)
    await page.getByText('Time, money and calls are counted from where the two went apart').waitFor()
    const row = (name: string) => page.getByRole('row', { name: new RegExp(`^${name} `) })
    expect(await row('Spent').getByRole('cell').allTextContents()).toEqual(['$0.30', '$0.05', '−$0.25, better'])
    await page.getByText('2 tasks done before the two went apart').waitFor()
    await expectAccessible(page, 'a comparison of runs')
    await page.getByRole('link', { name: 'model: anthropic/claude-haiku' }).click()
    await page.getByRole('listbox', { name: 'Events of the run' }).waitFor()
    await page.getByRole('heading', { level: 1, name: 'Round totals once, on a small model' }).waitFor()
  })

  test('show what came of them differently', async () => {
    const page = await stories.open('change', comparison)
    await page.getByRole('button', { name: 'What differs in Round the total once' }).click()
    await page
      .getByRole('region', { name: /compared with/ })
      .getByText('Math.round')
      .first()
      .waitFor()
    await expectAccessible(page, 'the difference of two results')
  })

  test('change sides, and are compared from the page of the fork by one key', async () => {
    const page = await stories.open('change', `/runs/${fork}`)
    await page.getByText('Fork of').waitFor()
    await page.keyboard.press('C')
    const heads = page.getByRole('columnheader')
    await heads.first().waitFor()
    expect(await heads.first().textContent()).toMatch(/^Left: Round totals once(?!,)/)
    await page.keyboard.press('s')
    await expect.poll(() => heads.first().textContent()).toMatch(/^Left: Round totals once, on/)
  })

  test.each([
    ['on a phone', { ...phone, colorScheme: 'dark' }],
    ['on a desk', { colorScheme: 'light' }],
  ] as const)('%s nothing is too wide, and axe finds nothing', async (_, context) => {
    for (const at of [comparison, '/compare']) {
      const page = await stories.open('change', at, { context })
      await page.getByRole('combobox', { name: 'Left' }).waitFor()
      expect(await isTooWide(page), at).toBe(false)
      await expectAccessible(page, at)
    }
  })
})

describe('a fork', () => {
  test('says what it keeps and what it does again before it begins, and follows what is changed', async () => {
    const page = await stories.open('change', '/runs/{run}?at=40')
    await page.keyboard.press('F')
    const dialog = page.getByRole('dialog', { name: 'Fork this run' })
    const foreseen = dialog.getByRole('region', { name: 'What the fork will do' })
    await foreseen.getByRole('heading', { name: /^Kept/ }).waitFor()
    expect(await foreseen.textContent()).toContain('40 events')
    const before = await foreseen.textContent()
    await dialog.getByRole('button', { name: 'Words for a role' }).click()
    await dialog.getByRole('combobox', { name: 'Role' }).selectOption('reviewer')
    await dialog.getByRole('textbox', { name: 'Words for reviewer' }).fill('Look at halves.')
    await expect.poll(() => foreseen.textContent()).not.toBe(before)
    await foreseen.getByRole('heading', { name: /^Begins anew/ }).waitFor()
    await expectAccessible(page, 'a fork')
    await dialog.getByRole('spinbutton', { name: 'After event' }).fill('5')
    await dialog.getByRole('button', { name: 'Fork after event 5' }).click()
    await dialog.getByRole('alert').getByText('nothing is left to do').waitFor()
  })

  test('is prepared on a phone too', async () => {
    const page = await stories.open('change', '/runs/{run}?fork=20', { context: phone })
    await page.getByRole('dialog', { name: 'Fork this run' }).waitFor()
    expect(await isTooWide(page)).toBe(false)
    await expectAccessible(page, 'a fork on a phone')
  })
})
