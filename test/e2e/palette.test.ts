/** Finding, keys, places and how the page is drawn, on the stories. */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openStories, phone, type StoryPages } from './story-pages.ts'
import { expectAccessible, isTooWide } from './web-page.ts'

let stories: StoryPages
beforeAll(async () => {
  stories = await openStories()
}, 120_000)
afterEach(async () => {
  await Promise.all(stories.browser.contexts().map(context => context.close()))
})
afterAll(() => stories?.close())

const field = (page: Page) => page.getByRole('combobox', { name: /Find a project/ })
const chosen = (page: Page) => page.getByRole('option', { selected: true })

describe('the palette', () => {
  test('opens on Ctrl-K, from within a field too, and K alone does what K does', async () => {
    const page = await stories.open('running', '/runs')
    await page.getByRole('textbox', { name: /Search the runs/ }).focus()
    await page.keyboard.press('Control+k')
    await field(page).waitFor()
    await expectAccessible(page, 'the palette')
    await page.keyboard.press('Escape')
    await field(page).waitFor({ state: 'detached' })
    await page
      .getByRole('link', { name: /Audit of legacy-billing/ })
      .first()
      .focus()
    await page.keyboard.press('k')
    expect(await field(page).count()).toBe(0)
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Audit of')
  })

  test('finds what the server knows: runs, projects, artifacts', async () => {
    const page = await stories.open('running', '/')
    await page.keyboard.press('Control+k')
    await field(page).fill('report of the')
    await page.getByRole('option', { name: /Artifacts Report of the audit/ }).waitFor()
    await field(page).fill('before the release')
    await page.getByRole('option', { name: /before the release/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('navigation', { name: 'Views of the run' }).waitFor()
  })

  test('finds tasks of the open run, agents, workflows and actions, and does them', async () => {
    const page = await stories.open('running', '/runs/{run}')
    await page.keyboard.press('Control+k')
    await field(page).fill('run the tests')
    await expect.poll(() => chosen(page).textContent()).toContain('Run the tests')
    await page.keyboard.press('Enter')
    await page.getByRole('complementary', { name: 'Run the tests' }).waitFor()
    await page.keyboard.press('Control+k')
    for (const name of ['Reviewer', 'Repository audit', 'Change between light and dark']) {
      await field(page).fill(name)
      await expect.poll(() => chosen(page).textContent()).toContain(name)
    }
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('light')
  })

  test('says when nothing is called like that, and does nothing then', async () => {
    const page = await stories.open('running', '/')
    await page.keyboard.press('Control+k')
    await field(page).fill('there is no such thing')
    await page.getByText('Nothing is called like that.').waitFor()
    await page.keyboard.press('Enter')
    await field(page).waitFor()
  })
})

test('the sheet lists what the page can do, and does it', async () => {
  const page = await stories.open('running', '/runs/{run}')
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Actions and their keys' })
  await sheet.getByRole('button', { name: /Pause the run/ }).waitFor()
  await expectAccessible(page, 'the sheet')
  await sheet.getByRole('button', { name: /Go to Settings/ }).click()
  await page.getByRole('heading', { name: 'Settings' }).waitFor()
})

test('g and a letter leads to each of my places, and says where one is', async () => {
  const page = await stories.open('running', '/design')
  const places = [
    ['h', 'Home'],
    ['r', 'Runs'],
    ['p', 'Projects'],
    ['a', 'Approvals'],
    ['s', 'Settings'],
  ] as const
  for (const [key, name] of places) {
    await page.keyboard.press('g')
    await page.keyboard.press(key)
    await page.getByRole('heading', { name, level: 1, exact: true }).waitFor()
    const current = page.getByRole('navigation', { name: 'Main' }).locator('[aria-current=page]')
    expect(await current.last().textContent(), name).toContain(name)
  }
})

test('on a phone every place is two presses away', async () => {
  const page = await stories.open('running', '/', { context: phone })
  await page.getByRole('button', { name: 'More' }).tap()
  const sheet = page.getByRole('navigation', { name: 'All places' })
  for (const name of ['Agents', 'Workflows', 'Models', 'Quality', 'Health', 'Settings'])
    await sheet.getByRole('link', { name }).waitFor()
  await expectAccessible(page, 'the places')
  expect(await isTooWide(page)).toBe(false)
  await sheet.getByRole('link', { name: 'Settings' }).tap()
  await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
  await page.getByRole('button', { name: 'Find' }).tap()
  await field(page).waitFor()
})

describe('a list of runs', () => {
  test('is searched, filtered and put in order, and its address says how', async () => {
    const page = await stories.open('running', '/runs')
    const runs = page.getByRole('list', { name: 'Runs' }).getByRole('listitem')
    expect(await runs.count()).toBe(6)
    await page.keyboard.press('/')
    await page.keyboard.type('legacy')
    await expect.poll(() => runs.count()).toBe(2)
    await page.getByRole('button', { name: 'Failed' }).click()
    await expect.poll(() => runs.count()).toBe(1)
    await page.getByRole('button', { name: 'All', exact: true }).click()
    await page.getByRole('combobox', { name: 'Order' }).selectOption('dearest')
    await expect.poll(() => runs.first().textContent()).toContain('$1.05')
  })

  test('is given a name, found again, and forgotten', async () => {
    const page = await stories.open('running', '/runs?q=release')
    await page.getByRole('button', { name: 'Save this view' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Releases')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    const view = page.getByRole('button', { name: 'Releases', exact: true })
    await expect.poll(() => view.getAttribute('aria-pressed')).toBe('true')
    await page.getByRole('button', { name: 'All', exact: true }).click()
    await view.click()
    await expect.poll(() => page.getByRole('textbox', { name: /Search the runs/ }).inputValue()).toBe('release')
    await page.getByRole('button', { name: 'Forget the view Releases' }).click()
    await view.waitFor({ state: 'detached' })
  })
})

test.each(['light', 'dark'] as const)('all components, in all states, %s: axe finds nothing', async colorScheme => {
  // What fades in has no contrast yet.
  const page = await stories.open('running', '/design', { context: { colorScheme, reducedMotion: 'reduce' } })
  await expectAccessible(page, 'the design')
  await page.getByRole('button', { name: 'Open a dialog' }).click()
  await expectAccessible(page, 'a dialog')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Bad news' }).click()
  await page.getByText('Bad news stays').waitFor()
  await expectAccessible(page, 'a notice')
})

test('for whoever wants nothing to move, nothing moves', async () => {
  const page = await stories.open('running', '/settings')
  const calm = (of: Page) =>
    of.evaluate(() => Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--calm')))
  expect(await calm(page)).toBeGreaterThan(0)
  await page.getByRole('radio', { name: 'Nothing moves' }).check()
  expect(await calm(page)).toBe(0)
  const system = await stories.open('running', '/settings', { context: { reducedMotion: 'reduce' } })
  expect(await calm(system)).toBe(0)
})
