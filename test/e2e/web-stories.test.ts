/** The page on histories of its own: sizes that no real run reaches in a test, phones, keys, and everything for axe to see. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { build, type PreviewServer, preview } from 'vite'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { inCheckout } from '../../setup/checkout.mjs'
import { launchBrowser } from '../browser.ts'
import { expectAccessible, faultsOf, isTooWide, rowAtEnd } from './web-page.ts'

const out = mkdtempSync(join(tmpdir(), 'orrery-stories-'))
const configFile = inCheckout('web', 'vite.config.ts')
const desktop = { viewport: { width: 1440, height: 900 } }
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true }

let browser: Browser
let server: PreviewServer
let address = ''

beforeAll(async () => {
  vi.stubEnv('NODE_ENV', 'production')
  const input = inCheckout('web', 'stories', 'index.html')
  await build({ configFile, logLevel: 'silent', build: { outDir: out, emptyOutDir: true, rolldownOptions: { input } } })
  server = await preview({
    configFile,
    logLevel: 'silent',
    build: { outDir: out },
    preview: { host: '127.0.0.1', port: 0 },
  })
  address = server.resolvedUrls?.local[0] ?? ''
  browser = await launchBrowser()
}, 60_000)
afterEach(async () => {
  await Promise.all(browser.contexts().map(context => context.close()))
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  rmSync(out, { recursive: true, force: true })
})

type OpenOptions = { params?: string; context?: BrowserContextOptions; page?: Page }

/** A page on a history, at an address in which `{run}` stands for the run. */
async function open(history: string, at: string, options: OpenOptions = {}): Promise<Page> {
  const page = options.page ?? (await (await browser.newContext({ ...desktop, ...options.context })).newPage())
  page.setDefaultTimeout(10_000)
  const faults = faultsOf(page)
  await page.goto(`${address}stories/?history=${history}&at=${encodeURIComponent(at)}${options.params ?? ''}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForFunction(() => document.querySelector('[aria-label="Loading"]') === null)
  expect(faults).toEqual([])
  return page
}

describe('a very long log', () => {
  test('of 100,000 events exists as a screenful, from its end to its beginning', async () => {
    const page = await open('endless', '/runs/{run}?tab=events')
    expect(await rowAtEnd(page, '[role=listbox]')).toContain('100000')
    expect(await page.getByRole('option').count()).toBeLessThan(90)
    await page.getByRole('listbox').focus()
    await page.keyboard.press('Home')
    await page.getByRole('option').filter({ hasText: 'RunStarted' }).waitFor()
    expect(await page.getByRole('option').count()).toBeLessThan(90)
  })

  test('is filtered whole', async () => {
    const page = await open('endless', '/runs/{run}?tab=events&q=%2Ftarget-99.7%24%2F')
    await page.getByText('10 of 100,000').waitFor()
    expect(await page.getByRole('option').last().textContent()).toContain('target-9997')
  })

  test('is followed at 1,000 events a second without a blank frame, until somebody scrolls up', async () => {
    const page = await open('endless', '/runs/{run}?tab=events', { params: '&rate=1000&ready=2000' })
    const blank = await page.evaluate<number>(`new Promise(resolve => {
      const { left, bottom } = document.querySelector('[role=listbox]').getBoundingClientRect()
      let blank = 0
      const end = performance.now() + 1500
      const look = now => {
        if (!document.elementFromPoint(left + 120, bottom - 20)?.closest('[role=option]')) blank += 1
        now < end ? requestAnimationFrame(look) : resolve(blank)
      }
      requestAnimationFrame(look)
    })`)
    expect(blank).toBe(0)

    await page.mouse.move(700, 500)
    await page.mouse.wheel(0, -300)
    const fresh = page.getByRole('button', { name: /^[\d,]+ new$/ })
    await fresh.waitFor()
    const held = await rowAtEnd(page, '[role=listbox]')
    await page.waitForTimeout(400)
    expect(await rowAtEnd(page, '[role=listbox]')).toBe(held)
    await fresh.click()
    await fresh.waitFor({ state: 'detached' })
    expect(await rowAtEnd(page, '[role=listbox]')).not.toBe(held)
  })
})

describe('the graph', () => {
  test('closes a fan-out of 600 elements, and the list opens it', async () => {
    const page = await open('crowded', '/runs/{run}')
    const graph = page.getByRole('region', { name: 'Graph of the run' })
    await graph.getByRole('button', { name: /396\/600/ }).waitFor()
    expect(await graph.locator('[data-task]').count()).toBe(3)
    await page.keyboard.press('2')
    await page.getByRole('button', { name: 'Elements of Check' }).click()
    await page.getByRole('link', { name: 'package-0', exact: true }).waitFor()
    expect(await page.getByRole('listitem').count()).toBeLessThan(90)
  })

  test('is walked through with the arrow keys', async () => {
    const page = await open('running', '/runs/{run}')
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
    await page.getByRole('button', { name: /Check out/ }).focus()
    await page.keyboard.press('ArrowRight')
    expect(await focused()).toContain('Examine')
    await page.keyboard.press('Enter')
    await page.getByRole('complementary', { name: 'Examine the environment' }).waitFor()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    expect(await focused()).toContain('Write the report')
    await page.keyboard.press('Escape')
    await page.getByRole('complementary', { name: 'About this run' }).waitFor()
  })
})

describe('what was asked for', () => {
  test('looks asked for until the event is there', async () => {
    const page = await open('running', '/runs/{run}')
    await page.keyboard.press('P')
    const button = page.getByRole('button', { name: 'Pausing' })
    await button.waitFor()
    // The server of this story has agreed at once, and no event came: nothing may claim that the run is paused.
    await page.waitForTimeout(300)
    expect([await button.isDisabled(), await page.getByText('Running').first().isVisible()]).toEqual([true, true])
  })

  test('is asked again before it ends a run, and a refusal is told', async () => {
    const page = await open('running', '/runs/{run}')
    await page.keyboard.press('X')
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the run' }).click()
    await page.getByText('The run has ended already.').waitFor()
  })

  test('in a form is checked at its fields, here and by the server', async () => {
    const page = await open('running', '/projects/orders-service/start')
    await page.getByRole('textbox', { name: 'Depth' }).fill('0')
    await page.getByRole('button', { name: 'Start run' }).click()
    await page.getByRole('alert').filter({ hasText: 'must be at least 1' }).waitFor()
    await page.getByRole('textbox', { name: 'Depth' }).fill('2')
    await page.getByRole('button', { name: 'Start run' }).click()
    await page.getByRole('alert').filter({ hasText: 'is no git repository' }).waitFor()
    expect(await page.getByRole('textbox', { name: 'Repo' }).getAttribute('aria-invalid')).toBe('true')
  })
})

describe('the inbox', () => {
  test('is walked through and answered by key, and says who was faster', async () => {
    const page = await open('running', '/approvals')
    await page.getByRole('link', { name: 'Approvals 3 open' }).waitFor()
    await page.getByRole('heading', { name: 'Put this change on a branch of orders-service?' }).waitFor()
    await page.keyboard.press('d')
    await page.getByText('Ada answered this before; your answer has no effect').waitFor()
  })

  test('asks for what a form needs before anything is sent', async () => {
    const page = await open('running', '/approvals')
    await page.keyboard.press('j')
    await page.getByRole('button', { name: 'Answer' }).click()
    await page.getByRole('alert').filter({ hasText: 'is required' }).waitFor()
    await page.getByRole('radio', { name: 'Raise the budget' }).check()
    await page.getByRole('textbox', { name: 'New budget in dollars' }).fill('1')
    await page.getByRole('button', { name: 'Answer' }).click()
    await page.getByRole('alert').filter({ hasText: 'must be at least 2.000001' }).waitFor()
  })
})

test('every place is found by its name, and gone to', async () => {
  const page = await open('running', '/runs/{run}')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').waitFor()
  await page.keyboard.type('projects')
  await page.getByRole('option', { name: /Projects/, selected: true }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Projects' }).waitFor()
})

const artifact = (place: number) => `/runs/{run}?tab=artifacts&artifact=art_0199000000007000a00000000000000${place}`
const stories: readonly [string, string, string, string?][] = [
  ['a run at work', 'running', '/runs/{run}'],
  ['a blocked task', 'failed', '/runs/{run}?task=1'],
  ['a task and its output', 'running', '/runs/{run}?task=3'],
  ['tasks', 'succeeded', '/runs/{run}?tab=tasks'],
  ['an event', 'succeeded', '/runs/{run}?tab=events&seq=24'],
  ['a report', 'succeeded', artifact(5)],
  ['Markdown', 'succeeded', artifact(4)],
  ['tests', 'succeeded', artifact(3)],
  ['an environment', 'succeeded', artifact(1)],
  ['home', 'running', '/'],
  ['the first steps', 'running', '/', '&empty'],
  ['a proposal', 'running', '/?proposal=prp_0199000000007000800000000000000a'],
  ['all runs', 'running', '/runs'],
  ['no run that is like that', 'running', '/runs?q=nothing-is-called-so'],
  ['what was spent', 'running', '/spending'],
  ['a project', 'running', '/projects/orders-service'],
  ['settings of a project', 'running', '/projects/orders-service/settings'],
  ['a conversation', 'running', '/projects/orders-service/talks/cnv_1'],
  ['a new conversation', 'running', '/projects/orders-service/talks?begin=true', '&empty'],
  ['settings', 'running', '/settings'],
  ['the design', 'running', '/design'],
  ['projects', 'running', '/projects'],
  ['approvals', 'running', '/approvals'],
  ['no approvals', 'running', '/approvals', '&empty'],
  ['agents', 'running', '/agents'],
  ['an agent', 'running', '/agents?agent=code-generator'],
  ['workflows', 'running', '/workflows'],
  ['no workflows', 'running', '/workflows', '&empty'],
  ['a workflow', 'running', '/workflows/build-feature'],
  ['a step', 'running', '/workflows/build-feature?step=plan'],
  ['versions', 'running', '/workflows/build-feature?tab=versions'],
  ['a dry run', 'running', '/workflows/build-feature?tab=try'],
  ['a check', 'running', '/workflows?check=true'],
  ['models and providers', 'running', '/providers'],
  ['quality', 'running', '/quality'],
  ['no quality', 'running', '/quality', '&empty'],
  ['a score', 'running', '/quality?artifact=art_01990000000070008000000000000007'],
  ['health', 'running', '/health'],
  ['good health', 'running', '/health', '&ready=1'],
  ['a form', 'running', '/projects/orders-service/start'],
  ['a lost connection', 'running', '/', '&offline'],
  ['nothing', 'running', '/nowhere'],
  ['a session that is over', 'running', '/', '&signed-out'],
]

test.each([
  ['on a phone', { ...phone, colorScheme: 'light' }],
  ['on a desk, in the dark', { ...desktop, colorScheme: 'dark' }],
] as const)(
  '%s nothing is too wide, and axe finds nothing',
  async (_, context) => {
    const page = await (await browser.newContext(context)).newPage()
    for (const [name, history, at, params = ''] of stories) {
      await open(history, at, { page, params })
      expect(await isTooWide(page), name).toBe(false)
      await expectAccessible(page, name)
    }
  },
  120_000,
)

test('on a phone the graph is the list of tasks', async () => {
  const page = await open('running', '/runs/{run}', { context: phone })
  expect(await page.getByRole('region', { name: 'Graph of the run' }).count()).toBe(0)
  await page.getByRole('link', { name: 'Run the tests' }).tap()
  await page.getByRole('complementary', { name: 'Run the tests' }).waitFor()
})
