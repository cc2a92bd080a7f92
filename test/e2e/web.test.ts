/** The page as people use it: a real browser, a real server, a real repository, and a wire that is cut. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inCheckout } from '../../setup/checkout.mjs'
import { buildWeb } from '../../setup/web.mjs'
import { launchBrowser } from '../browser.ts'
import { expectAccessible, faultsOf, rowAtEnd } from './web-page.ts'
import { createWire, startWebServer, type WebServer, type Wire } from './web-server.ts'

let server: WebServer
let wire: Wire
let browser: Browser
let page: Page
let faults: string[]

beforeAll(async () => {
  await buildWeb(() => {})
  ;[server, browser] = await Promise.all([startWebServer(), launchBrowser()])
  wire = await createWire(server.url)
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  page.setDefaultTimeout(15_000)
  faults = faultsOf(page)
}, 90_000)
afterAll(async () => {
  await browser?.close()
  await wire?.close()
  await server?.stop()
}, 30_000)

const runStatus = () => page.locator('header').getByText(/^(Pending|Running|Succeeded|Failed|Paused|Cancelled)$/)
const eventsTab = () => page.getByRole('navigation', { name: 'Views of the run' }).getByRole('link', { name: /Events/ })
const events = () => page.getByRole('listbox', { name: 'Events of the run' })

/** The newest seq, as the server has it. */
async function headOf(runId: string): Promise<number> {
  const answer = await page.request.post(`${wire.url}/graphql`, {
    headers: { origin: wire.url },
    data: { query: 'query Head($id: ID!) { run(id: $id) { head } }', variables: { id: runId } },
  })
  return ((await answer.json()) as { data: { run: { head: number } } }).data.run.head
}

test('a stranger sees how to sign in, and the link signs in once', async () => {
  await page.goto(wire.url)
  await page.getByRole('heading', { name: 'Sign in to Orrery' }).waitFor()
  await page.goto(wire.url + server.link)
  await page.getByRole('heading', { name: 'First steps' }).waitFor()
  await expectAccessible(page, 'the empty home page')
})

test('a project is created and a run is started, by keyboard alone', async () => {
  await page.keyboard.press('g')
  await page.keyboard.press('p')
  await page.getByRole('heading', { name: 'Projects' }).waitFor()
  await page.keyboard.press('c')
  await page.keyboard.type('Inventory')
  await page.keyboard.press('Tab')
  await page.keyboard.type(inCheckout('examples', 'python-inventory'))
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Inventory' }).waitFor()
  await page.keyboard.press('n')
  await page.getByRole('radio', { name: /Repository audit/ }).waitFor()
  expect(await page.getByRole('textbox', { name: 'Repo', exact: true }).inputValue()).toContain('python-inventory')
  await expectAccessible(page, 'the form')
  await page.getByRole('button', { name: 'Start run' }).press('Enter')
  await page.waitForURL(/\/runs\/run_[0-9a-f]{32}/)
})

test('the run is watched live: the graph, the events, and what a task prints', async () => {
  await runStatus().getByText('Running').waitFor()
  await page.getByText('Live', { exact: true }).waitFor()
  // The wire is cut while the run has hardly begun: what follows arrives all the same.
  wire.cut()
  const graph = page.getByRole('region', { name: 'Graph of the run' })
  await graph.getByRole('button', { name: /Check out/ }).waitFor()
  await expectAccessible(page, 'the graph')
  // The fan-out appears the moment it is decided, without a reload.
  await graph.getByRole('button', { name: /Lint/ }).waitFor()

  // Whoever comes late gets what was printed so far.
  await graph.getByRole('button', { name: /Check out/ }).click()
  const side = page.getByRole('complementary')
  await side.getByRole('heading', { name: 'Check out' }).waitFor()
  await expect.poll(() => side.getByRole('log').textContent(), { timeout: 15_000 }).toMatch(/\w/)
  await page.keyboard.press('Escape')
  await side.getByRole('heading', { name: 'About this run' }).waitFor()

  await page.keyboard.press('3')
  await events().waitFor()
  expect(await rowAtEnd(page, '[role=listbox]')).toMatch(/Task|Tool|Artifact|Run/)
  await expectAccessible(page, 'the events')
})

test('a cut that lasts is told after three seconds, heals by itself, and nothing was lost or doubled', async () => {
  const runId = /run_[0-9a-f]{32}/.exec(page.url())?.[0] ?? ''
  const banner = page.getByText(/Connection lost, reconnecting/)
  wire.down()
  await page.waitForTimeout(2_000)
  expect(await banner.count()).toBe(0)
  await banner.waitFor({ timeout: 5_000 })
  wire.mend()
  await banner.waitFor({ state: 'detached' })

  await runStatus().getByText('Succeeded').waitFor({ timeout: 60_000 })
  const head = await headOf(runId)
  expect(await eventsTab().textContent()).toBe(`Events${head}`)
  // Follow mode stands at the end: the last row is the last event, and each was taken once.
  const seqs = await events()
    .getByRole('option')
    .evaluateAll(rows => rows.map(row => Number(row.getAttribute('aria-posinset'))))
  expect(seqs.at(-1)).toBe(head)
  expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index))
}, 90_000)

test('the report is read: findings with their places, sorted, filtered and in full', async () => {
  await page.keyboard.press('4')
  const findings = page.getByRole('region', { name: 'Findings' })
  await findings.getByRole('listitem').first().waitFor()
  expect(await findings.getByRole('listitem').first().textContent()).toMatch(/\.\w+:\d+/)
  await expectAccessible(page, 'the report')
  await page.getByRole('button', { name: 'Sort by place' }).click()
  const places = await findings.locator('code').allTextContents()
  const files = places.map(place => place.split(':')[0] ?? '')
  expect(files).toEqual([...files].sort((a, b) => a.localeCompare(b)))
  await findings.getByRole('button').first().click()
  await page.getByRole('region', { name: 'The finding in full' }).waitFor()
  await page.getByRole('navigation', { name: 'Artifacts' }).getByRole('link').nth(1).click()
})

test('an address is a state: a reload shows the same filter and the same event', async () => {
  await page.keyboard.press('3')
  await page.keyboard.press('/')
  await page.keyboard.type('/^Task(Claimed|Succeeded)/')
  await page.keyboard.press('Escape')
  await page.keyboard.press('j')
  await page.waitForURL(/seq=\d+/)
  const shown = () => page.getByRole('complementary').getByRole('heading', { level: 2 }).textContent()
  const before = [await shown(), await page.getByRole('status').filter({ hasText: ' of ' }).first().textContent()]
  expect(before[0]).toMatch(/^Task(Claimed|Succeeded)$/)
  await page.reload()
  await page.getByRole('complementary').waitFor()
  expect([await shown(), await page.getByRole('status').filter({ hasText: ' of ' }).first().textContent()]).toEqual(
    before,
  )
})

test('a task of an ended run is retried, and the page follows it without being asked to', async () => {
  const runId = /run_[0-9a-f]{32}/.exec(page.url())?.[0] ?? ''
  const before = await headOf(runId)
  await page.keyboard.press('2')
  await page.getByRole('link', { name: 'Report', exact: true }).click()
  await page.getByRole('button', { name: 'Retry' }).waitFor()
  await expectAccessible(page, 'the tasks')
  await page.keyboard.press('r')
  await expect.poll(() => headOf(runId), { timeout: 20_000 }).toBeGreaterThan(before + 5)
  await expect
    .poll(async () => (await eventsTab().textContent()) === `Events${await headOf(runId)}`, { timeout: 20_000 })
    .toBe(true)
  await runStatus().getByText('Succeeded').waitFor()
}, 60_000)

test('the home page lists the run, and was live all the time', async () => {
  await page.keyboard.press('g')
  await page.keyboard.press('h')
  const run = page.getByRole('list', { name: 'Runs that ended' }).getByRole('listitem')
  await run.getByRole('img', { name: 'Succeeded' }).waitFor()
  expect(await run.count()).toBe(1)
  await expectAccessible(page, 'the home page')
})

test('nothing went wrong in the page meanwhile', () => {
  expect(faults).toEqual([])
})
