/** What runs have made, as it is read in a real browser: changes, versions, origins, and content that would rather be obeyed. */
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

const tab = '/runs/{run}?tab=artifacts'
const artifact = (shelf: number, place: number) =>
  `${tab}&artifact=art_0199000000007000b${String(shelf).padStart(3, '0')}${String(place).padStart(12, '0')}`
const change = (page: Page) => page.getByRole('region', { name: 'The change', exact: true })

describe('a change to the code', () => {
  test('of 5,000 lines exists as a screenful, and is walked through hunk by hunk', async () => {
    const page = await stories.open('patch', tab)
    await change(page).getByText('src/generated/module-0.ts').first().waitFor()
    expect(await change(page).locator('[data-index]').count()).toBeLessThan(140)
    await page.keyboard.press('n')
    await page.getByText('1 of 250 hunks').waitFor()
    await page.keyboard.press('n')
    await page.getByText('2 of 250 hunks').waitFor()
    await page.keyboard.press('p')
    await page.getByText('1 of 250 hunks').waitFor()
    await page.keyboard.press(']')
    await page.getByRole('combobox', { name: 'File' }).and(page.locator('select')).waitFor()
    expect(await page.getByRole('combobox', { name: 'File' }).inputValue()).toBe('src/generated/module-1.ts')
  })

  test('is opened at a hunk that an address names, and that hunk is seen', async () => {
    const page = await stories.open('patch', `${tab}&file=src/generated/module-7.ts&hunk=20`)
    const hunk = page.getByRole('button', { name: /^Hunk 20 of src\/generated\/module-7\.ts/ })
    await hunk.waitFor()
    const box = await hunk.boundingBox()
    const around = await change(page).boundingBox()
    expect(box?.y).toBeGreaterThanOrEqual(around?.y ?? 0)
    expect(box?.y).toBeLessThan((around?.y ?? 0) + (around?.height ?? 0))
    expect(await hunk.getAttribute('aria-current')).toBe('true')
  })

  test('that is too long to be sent at once is read file by file, and says which file is too long even so', async () => {
    const page = await stories.open('huge', tab)
    await page.getByText('each file is read when it is opened').waitFor()
    await change(page).getByText('export const value0_4').first().waitFor()
    expect(await change(page).locator('[data-index]').count()).toBeLessThan(140)
    await page.keyboard.press('n')
    await page.getByText('1 of 25 hunks').waitFor()
    await page.keyboard.press(']')
    await change(page).getByText('export const value1_4').first().waitFor()
    const files = page.getByRole('combobox', { name: 'File' }).and(page.locator('select'))
    await files.selectOption('dist/bundle.min.js')
    await change(page).getByText('more than 2 MiB').waitFor()
    await change(page)
      .getByRole('button', { name: /^docs\/orbit\.png/ })
      .click()
    await change(page).getByText('Not text.').waitFor()
    expect(await page.getByRole('link', { name: 'Download the whole diff' }).getAttribute('href')).toMatch(/\/diff$/)
  })

  test('that is too long is opened at a hunk of a file, and is marked there', async () => {
    const page = await stories.open('huge', `${tab}&file=src/generated/module-217.ts&hunk=20`)
    const hunk = page.getByRole('button', { name: /^Hunk 20 of src\/generated\/module-217\.ts/ })
    await hunk.waitFor()
    expect(await hunk.getAttribute('aria-current')).toBe('true')
    await page.keyboard.press('x')
    const review = page.getByRole('region', { name: 'Your review' })
    await review.getByText('0 marked as right, 1 as wrong.').waitFor()
    await page.reload()
    await review.getByText('0 marked as right, 1 as wrong.').waitFor()
    await expectAccessible(page, 'a change that is too long')
  })

  test('is drawn in two columns, and without changes of white space', async () => {
    const page = await stories.open('change', tab)
    const count = page.getByRole('toolbar', { name: 'Changes' }).getByRole('status')
    expect(await count.textContent()).toContain('4 hunks')
    await page.keyboard.press('i')
    await expect.poll(() => count.textContent()).toContain('3 hunks')
    await page.keyboard.press('u')
    await page.getByRole('button', { name: 'Two columns', pressed: true }).waitFor()
    await change(page).getByText('roundHalfEven').first().waitFor()
  })

  test('is coloured by a worker once its grammar is there', async () => {
    const page = await stories.open('change', tab)
    await change(page).locator('[data-token="keyword"]').first().waitFor()
  })

  test('is marked and commented on; what was said outlasts a reload and goes into the answer', async () => {
    const page = await stories.open('change', tab)
    await page.keyboard.press('n')
    await page.getByText('1 of 4 hunks').waitFor()
    await page.keyboard.press('c')
    await page.getByRole('textbox', { name: /^Comment on line/ }).fill('Why a scale of its own?')
    await page.getByRole('button', { name: 'Comment', exact: true }).click()
    await change(page).getByText('Why a scale of its own?').waitFor()
    await page.keyboard.press('x')
    const review = page.getByRole('region', { name: 'Your review' })
    await review.getByText('0 of 4 hunks right, 1 wrong. 1 comment.').waitFor()
    expect(await review.getByRole('button', { name: 'Approve' }).isDisabled()).toBe(true)
    await page.reload()
    await review.getByText('1 comment.').waitFor()
    await review.getByRole('button', { name: 'Deny, with what was said' }).click()
    // The twin says that somebody was faster; what was written is kept.
    await page.getByText('Ada answered this before').waitFor()
    await review.getByText('1 comment.').waitFor()
    // Whoever made it may do it again; why not, is said beside it.
    await review.getByRole('button', { name: 'Do it again in a fork' }).click()
    await review.getByRole('alert').filter({ hasText: 'nothing is left to do' }).waitFor()
    await review.getByText('1 comment.').waitFor()
  })
})

describe('versions and origins', () => {
  test('the version before is one key away, and the difference says what changed', async () => {
    const page = await stories.open('change', tab)
    await page.keyboard.press('b')
    await page.getByRole('region', { name: /compared with/ }).waitFor()
    await page.getByText('const floor = Math.floor(scaled)').first().waitFor()
    await expectAccessible(page, 'a comparison')
    await page.keyboard.press('b')
    await change(page).waitFor()
  })

  test('every figure of the origin leads to its events', async () => {
    const page = await stories.open('change', tab)
    await page.getByText('Where it comes from').click()
    await page.getByRole('article').getByText('anthropic/claude-opus').waitFor()
    await page.getByRole('table').getByText('tests kept').waitFor()
    await expectAccessible(page, 'an origin')
    await page.getByRole('link', { name: /^\d+ events, \d+ to \d+$/ }).click()
    await page.getByRole('listbox', { name: 'Events of the run' }).waitFor()
  })

  test('each kind is readable', async () => {
    const page = await stories.open('change', tab)
    const kinds = [
      ['Specification', 'round-once'],
      ['Plan', 'Hold it with tests'],
      ['Design', 'Where amounts are rounded'],
      ['Research', 'The tax may be computed'],
      ['Reasoning', 'Nothing else rounds'],
      ['What was changed', 'That no stored invoice changes'],
      ['Tests', 'no drift'],
      ['Choice of a candidate', 'prefers A in both orders'],
      ['Costs', '$0.1701'],
      ['Review', 'Halves go to even now'],
    ] as const
    for (const [title, text] of kinds) {
      const named = page.getByText(title, { exact: true })
      await page.getByRole('navigation', { name: 'Artifacts' }).getByRole('link').filter({ has: named }).first().click()
      await page.getByRole('article').getByText(text).first().waitFor()
      await expectAccessible(page, title)
    }
  }, 90_000)
})

test('10,000 artifacts are a screenful of them, found by their names', async () => {
  const page = await stories.open('many', tab)
  const list = page.getByRole('navigation', { name: 'Artifacts' })
  const rows = list.getByRole('listitem').getByRole('link')
  await rows.first().waitFor()
  expect(await rows.count()).toBeLessThan(60)
  await list.getByRole('textbox', { name: 'Filter artifacts' }).fill('notes-9876')
  await expect.poll(() => rows.count()).toBe(1)
  await list.getByRole('link', { name: 'notes-9876.txt' }).click()
  await page.getByText('One of very many.').waitFor()
})

describe('hostile content', () => {
  /** In the order of the bodies. */
  const cases = [
    ['a change', '1,000,013 more characters|999,0'],
    ['a review', '<script>'],
    ['a line of a megabyte', '998,000 more characters'],
    ['the output of a terminal', 'bold red'],
    ['turned text', 'U+202E'],
    ['a document', '<script>'],
    ['values', 'more characters'],
    ['an SVG', '<svg'],
    ['a picture', ''],
    ['a picture that would fill the memory', '40,000 × 30,000 points'],
    ['a picture that is none', 'It is no picture'],
    ['a title', 'Its title is what is hostile.'],
  ] as const

  test.each(cases.map(([name, text], place) => [name, text, place] as const))(
    '%s is shown and not obeyed',
    async (_, text, place) => {
      const page = await stories.open('hostile', artifact(2, place))
      const asked: string[] = []
      page.on('request', request => asked.push(request.url()))
      const article = page.getByRole('article')
      if (text !== '')
        await article
          .getByText(new RegExp(text.replace(/[<+]/g, '\\$&')))
          .locator('visible=true')
          .first()
          .waitFor()
      else await article.locator('img[src^="blob:"]').waitFor()
      expect(await page.evaluate('globalThis.hacked')).toBeUndefined()
      expect(await article.locator('script, iframe, object, svg[onload], a[href^="javascript"]').count()).toBe(0)
      // Nothing raw turns what stands beside it.
      expect(await page.evaluate(() => /[\u202a-\u202e\u2066-\u2069]/.test(document.body.innerText))).toBe(false)
      expect(asked.filter(url => url.includes('example.org'))).toEqual([])
      expect(await isTooWide(page)).toBe(false)
    },
    40_000,
  )

  test('an SVG is read as text, and no title makes an element', async () => {
    const page = await stories.open('hostile', artifact(2, 11))
    expect(await page.locator('nav[aria-label="Artifacts"] script, nav[aria-label="Artifacts"] img').count()).toBe(0)
    await page.getByRole('navigation', { name: 'Artifacts' }).getByText('<script>').first().waitFor()
  })
})

test.each([
  ['on a phone', { ...phone, colorScheme: 'light' }],
  ['on a desk, in the dark', { colorScheme: 'dark' }],
] as const)(
  '%s nothing is too wide, and axe finds nothing',
  async (_, context) => {
    for (const [history, at] of [
      ['change', tab],
      ['patch', `${tab}&layout=split`],
      ['change', `${artifact(0, 7)}&base=art_0199000000007000b000000000000011`],
      ['hostile', artifact(2, 0)],
    ] as const) {
      const page = await stories.open(history, at, { context })
      await page.getByRole('article').waitFor()
      expect(await isTooWide(page), at).toBe(false)
      await expectAccessible(page, `${history} ${at}`)
      await page.context().close()
    }
  },
  120_000,
)
