/** From nothing to a finished audit, and what a day at home is made of: real server, real repository, real browser. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWeb } from '../../setup/web.mjs'
import { launchBrowser } from '../browser.ts'
import { expectAccessible, faultsOf } from './web-page.ts'
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
  page.setDefaultTimeout(30_000)
  faults = faultsOf(page)
  await page.goto(wire.url + server.link)
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await wire?.close()
  await server?.stop()
}, 30_000)

type Answer<Data> = { data: Data }
async function ask<Data>(query: string, variables: object = {}): Promise<Data> {
  const headers = { origin: wire.url }
  const answer = await page.request.post(`${wire.url}/graphql`, { headers, data: { query, variables } })
  return ((await answer.json()) as Answer<Data>).data
}

const atWork = () => page.getByRole('list', { name: 'Runs at work' }).getByRole('listitem')
const ended = () => page.getByRole('list', { name: 'Runs that ended' }).getByRole('listitem')
const goHome = async () => {
  await page.keyboard.press('g')
  await page.keyboard.press('h')
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor()
}

test('who is new is led to a finished audit of the example in less than two minutes', async () => {
  const began = Date.now()
  const steps = page.getByRole('region', { name: 'First steps' })
  await expectAccessible(page, 'the first steps')
  await steps.getByRole('button', { name: 'Audit the example' }).click()
  await page.waitForURL(/\/runs\/run_[0-9a-f]{32}/)
  await page.locator('header').getByText('Succeeded').first().waitFor({ timeout: 110_000 })
  expect(Date.now() - began).toBeLessThan(120_000)
}, 180_000)

test('home shows it ended, and no longer leads by the hand', async () => {
  await goHome()
  await ended().getByRole('img', { name: 'Succeeded' }).waitFor()
  expect(await page.getByRole('region', { name: 'First steps' }).count()).toBe(0)
  await expectAccessible(page, 'home')
})

test('a sentence becomes a proposal, which a reload does not lose, and a run when it is confirmed', async () => {
  const before = await ask<{ runs: { totalCount: number } }>('{ runs { totalCount } }')
  await page.keyboard.press('n')
  await page.keyboard.type('Audit this repository, please')
  await page.keyboard.press('Enter')
  const card = page.getByRole('region', { name: 'Proposal' })
  await card.getByRole('heading', { level: 2 }).waitFor()
  await card.getByText('No model was asked.').waitFor()
  await card.getByText('$0.00').waitFor()
  await page.waitForURL(/proposal=prp_/)
  await page.reload()
  await card.getByRole('button', { name: 'Start this run' }).waitFor()
  await expectAccessible(page, 'the proposal')
  // Shown, thought about, looked at twice: and nothing was started.
  expect((await ask<typeof before>('{ runs { totalCount } }')).runs.totalCount).toBe(before.runs.totalCount)
  await card.getByRole('button', { name: 'Start this run' }).click()
  await page.waitForURL(/\/runs\/run_[0-9a-f]{32}/)
  await goHome()
  await atWork().first().waitFor()
})

test('what somebody else starts appears by itself, also after the connection was lost', async () => {
  await expect.poll(() => atWork().count(), { timeout: 120_000 }).toBe(0)
  const { projects } = await ask<{ projects: { nodes: { id: string; repository: string }[] } }>(
    '{ projects(first: 1) { nodes { id repository } } }',
  )
  const [project] = projects.nodes
  wire.down()
  await page.getByText(/Connection lost, reconnecting/).waitFor()
  wire.mend()
  await ask('mutation($input: StartRunInput!) { startRun(input: $input) { __typename } }', {
    input: {
      projectId: project?.id,
      workflow: 'repository-audit',
      title: 'Of somebody else',
      manual: true,
      variables: { repo: project?.repository },
    },
  })
  await atWork().filter({ hasText: 'Of somebody else' }).waitFor()
  await page.getByText(/Connection lost, reconnecting/).waitFor({ state: 'detached' })
  // Every task of it waits for a go: home says so without being asked.
  await page.getByRole('list', { name: 'Open questions' }).getByRole('listitem').first().waitFor()
}, 180_000)

test('a conversation about the project answers with events, and does what it proposed when told to', async () => {
  const { projects } = await ask<{ projects: { nodes: { id: string; slug: string }[] } }>(
    '{ projects(first: 1) { nodes { id slug } } }',
  )
  const [project] = projects.nodes
  await page.goto(`${wire.url}/projects/${project?.slug}/settings`)
  await page.getByRole('checkbox', { name: /Simulate/ }).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('The project was changed.').waitFor()
  const { runs } = await ask<{ runs: { nodes: { id: string; title: string }[] } }>(
    '{ runs(first: 1, filter: { title: "Of somebody else" }) { nodes { id title } } }',
  )
  await page.keyboard.press('2')
  await page.getByRole('heading', { name: 'Ask about this project' }).waitFor()
  await page.keyboard.press('i')
  await page.keyboard.type(`Please pause ${runs.nodes[0]?.id}`)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/talks\/cnv_[0-9a-f]{32}/)
  const proposal = page.getByRole('region', { name: /Proposal: Pause/ })
  await proposal.getByRole('button', { name: 'Do it' }).waitFor({ timeout: 60_000 })
  await page.getByText('Simulated').first().waitFor()
  await expectAccessible(page, 'the conversation')
  await proposal.getByRole('button', { name: 'Do it' }).click()
  await proposal.getByText('Done').waitFor()
  const { run } = await ask<{ run: { status: string } }>('query($id: ID!) { run(id: $id) { status } }', {
    id: runs.nodes[0]?.id,
  })
  expect(run.status).toBe('PAUSED')
}, 120_000)

test('what the simulated model cost today is the sum of the rows that it leads to', async () => {
  await goHome()
  const figure = page.locator('[data-figure=today]')
  await expect.poll(() => figure.textContent()).toMatch(/^\$0\.0*[1-9]/)
  await figure.click()
  const rows = page.getByRole('list', { name: 'Model calls' }).getByRole('listitem')
  await rows.first().waitFor()
  const midnight = new Date()
  midnight.setHours(0, 0, 0, 0)
  const asked = () =>
    ask<{ spending: { spent: string; calls: { nodes: { charged: string }[] } } }>(
      'query($from: DateTime!) { spending(from: $from) { spent calls(first: 100) { nodes { charged } } } }',
      { from: midnight.toISOString() },
    )
  // The run may still be at work: the page comes to what was charged.
  await expect.poll(async () => (await asked()).spending.calls.nodes.length - (await rows.count())).toBe(0)
  const { spending } = await asked()
  expect(spending.calls.nodes.reduce((sum, { charged }) => sum + Number(charged), 0)).toBe(Number(spending.spent))
  const sum = await page.locator('[data-figure=sum]').textContent()
  await expectAccessible(page, 'the spending')
  await goHome()
  await expect.poll(() => figure.textContent()).toBe(sum)
})

test('a key is made, told once, and revoked', async () => {
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await page.getByRole('button', { name: /New key/ }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Ada')
  await page.getByRole('button', { name: 'Make the key' }).click()
  const secret = (await page.getByRole('dialog').locator('code').textContent()) ?? ''
  expect(secret).toMatch(/^orr/)
  await page.getByRole('button', { name: 'I have it' }).click()
  const asAda = () =>
    fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: JSON.stringify({ query: '{ viewer { name role } }' }),
    })
  expect(await (await asAda()).json()).toMatchObject({ data: { viewer: { name: 'Ada', role: 'MEMBER' } } })
  await page.getByRole('button', { name: 'Revoke Ada' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click()
  await page.getByText('The key Ada is of no use any more.').waitFor()
  await expect.poll(async () => (await asAda()).status, { timeout: 20_000 }).toBe(401)
})

test('a budget is set, and home says how far it reaches', async () => {
  await page.getByRole('textbox', { name: /Limit in dollars/ }).fill('12.50')
  await page.getByRole('button', { name: 'Set the limit' }).click()
  await page.getByText('The limit is $12.50 now.').waitFor()
  await goHome()
  await page.getByText(/of \$12\.50 in all/).waitFor()
})

test('who signs out is out', async () => {
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL(/sign-in/)
  await page.goto(wire.url)
  await page.getByRole('heading', { name: 'Sign in to Orrery' }).waitFor()
})

test('nothing went wrong in the page meanwhile', () => {
  expect(faults).toEqual([])
})
