/** Operators' pages on a real server, while simulated agents work on a real repository: live, counted right, and reachable by key. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inCheckout } from '../../setup/checkout.mjs'
import { buildWeb } from '../../setup/web.mjs'
import { launchBrowser } from '../browser.ts'
import { expectAccessible, faultsOf } from './web-page.ts'
import { startWebServer, type WebServer } from './web-server.ts'

let server: WebServer
let browser: Browser
let page: Page
let faults: string[]

beforeAll(async () => {
  await buildWeb(() => {})
  ;[server, browser] = await Promise.all([startWebServer(), launchBrowser()])
  page = await browser.newPage({ viewport: { width: 1440, height: 1000 }, reducedMotion: 'reduce' })
  page.setDefaultTimeout(30_000)
  faults = faultsOf(page)
  await page.goto(server.url + server.link)
  await page.getByRole('heading', { level: 1 }).waitFor()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
}, 30_000)

/** As the page asks: with its session. */
async function ask<Data>(query: string, variables: object = {}): Promise<Data> {
  const answer = await page.request.post(`${server.url}/graphql`, {
    headers: { origin: server.url },
    data: { query, variables },
  })
  const { data, errors } = (await answer.json()) as { data: Data; errors?: unknown }
  expect(errors).toBeUndefined()
  return data
}

/** Goes where a person goes by the keys `g` and another. */
async function go(key: string, heading: string): Promise<void> {
  await page.keyboard.press('g')
  await page.keyboard.press(key)
  await page.getByRole('heading', { level: 1, name: heading }).waitFor()
}

let projectId: string
let runId: string
const start = async (variables: object): Promise<string> => {
  const { startRun } = await ask<{ startRun: { run: { id: string } } }>(
    'mutation($input: StartRunInput!) { startRun(input: $input) { ... on StartRunPayload { run { id } } ... on UserError { message } } }',
    { input: { projectId, workflow: 'fix-bug', simulated: true, variables } },
  )
  return startRun.run.id
}
const statusOf = async (id: string) =>
  (await ask<{ run: { status: string } }>('query($id: ID!) { run(id: $id) { status } }', { id })).run.status
const bug = {
  repo: inCheckout('examples', 'javascript-shop'),
  objective: 'The quantity in the cart is lost',
  publish: 'never',
}

test('an agent is seen at work without a reload, and what it came to when it is done', async () => {
  const { createProject } = await ask<{ createProject: { project: { id: string } } }>(
    'mutation { createProject(input: { name: "Shop" }) { ... on CreateProjectPayload { project { id } } } }',
  )
  projectId = createProject.project.id
  await go('t', 'Agents')
  await page.getByRole('link', { name: 'Check out' }).waitFor()
  await expectAccessible(page, 'the agents')
  runId = await start(bug)
  await page
    .getByRole('list', { name: /^What .* does now$/ })
    .getByRole('listitem')
    .first()
    .waitFor()
  await expect.poll(() => statusOf(runId), { timeout: 240_000, interval: 1_000 }).toMatch(/SUCCEEDED|FAILED/)
  const { agent } = await ask<{ agent: { figures: { ended: number } } }>(
    '{ agent(name: "debugger") { figures { ended } } }',
  )
  expect(agent.figures.ended).toBeGreaterThan(0)
  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: 'Debugger', exact: true }) })
  await expect
    .poll(() => row.getByRole('cell').first().textContent(), { timeout: 30_000 })
    .toBe(String(agent.figures.ended))
}, 300_000)

test('an agent tells its prompt as text, its tools, and leads to its tasks', async () => {
  await page.getByRole('link', { name: 'Debugger', exact: true }).click()
  const side = page.getByRole('complementary', { name: 'debugger' })
  await side.getByRole('heading', { name: 'Prompt' }).waitFor()
  await side.getByText('edit', { exact: true }).waitFor()
  await expectAccessible(page, 'an agent')
  await side.getByRole('heading', { name: 'Its newest tasks' }).waitFor()
  await side.locator('a[href*="/runs/"]').first().click()
  await page.waitForURL(new RegExp(`/runs/${runId}`))
  await page.goBack()
  await side.waitFor()
})

test('what models cost is what the ledger says, and each choice leads to its event', async () => {
  await go('m', 'Models and providers')
  await page.getByRole('region', { name: 'simulated', exact: true }).waitFor()
  await expectAccessible(page, 'models and providers')
  const { modelDecisions } = await ask<{
    modelDecisions: { totalCount: number; nodes: { seq: number; model: string; candidates: { model: string }[] }[] }
  }>('{ modelDecisions(first: 1) { totalCount nodes { seq model candidates { model } } } }')
  const [newest] = modelDecisions.nodes
  expect(modelDecisions.totalCount).toBeGreaterThan(0)
  const decision = page.getByRole('group').first()
  await decision.locator('summary').click()
  const table = decision.getByRole('table')
  expect(await table.getByRole('row').count()).toBe((newest?.candidates.length ?? 0) + 1)
  await decision.getByRole('link', { name: `Event ${newest?.seq}` }).click()
  await page.getByRole('complementary').getByRole('heading', { name: 'ModelRouted' }).waitFor()
})

test('quality counts artifacts that are there, and a dot opens as its parts', async () => {
  await go('q', 'Quality')
  const { quality } = await ask<{ quality: { points: { artifactId: string; title: string; kind: string }[] } }>(
    '{ quality { points { artifactId title kind } } }',
  )
  const [first] = quality.points
  expect(quality.points.length).toBeGreaterThan(2)
  await page.getByText(`of ${quality.points.length} artifacts`).waitFor()
  await page.locator('canvas').first().waitFor()
  await expectAccessible(page, 'quality')
  await page.getByRole('region', { name: 'Scored artifacts' }).getByRole('link').first().click()
  await page.waitForURL(new RegExp(`artifact=${first?.artifactId}`))
  await page.getByRole('heading', { name: 'What the score is made of' }).waitFor()
  await expectAccessible(page, 'a score')
  await page.keyboard.press('Escape')
  await page
    .getByRole('region', { name: 'By kind' })
    .first()
    .getByRole('link', { name: first?.kind ?? '' })
    .click()
  const ofKind = quality.points.filter(({ kind }) => kind === first?.kind).length
  await page.getByText(ofKind === 1 ? 'of 1 artifact' : `of ${ofKind} artifacts`, { exact: true }).waitFor()
  await page.reload()
  await page.getByRole('link', { name: `kind ${first?.kind}: take the filter away` }).waitFor()
})

describe('workflows', () => {
  test('are shown as a graph and as a list, and tried out without beginning anything', async () => {
    await go('w', 'Workflows')
    await page.getByRole('link', { name: 'Build a feature' }).click()
    await page
      .getByRole('region', { name: 'Steps of the workflow' })
      .getByRole('button', { name: /^Review reviewer/ })
      .click()
    await page.getByRole('complementary', { name: 'Review' }).waitFor()
    await expectAccessible(page, 'a workflow')
    await page.keyboard.press('4')
    const before = await ask<{ runs: { totalCount: number } }>('{ runs { totalCount } }')
    await page.getByRole('button', { name: 'Try it out' }).click()
    await page.getByRole('alert').filter({ hasText: 'is required' }).first().waitFor()
    await page.getByRole('textbox', { name: 'Repo', exact: true }).fill('/srv/shop')
    await page.getByRole('textbox', { name: 'Objective' }).fill('A cart')
    await page.getByRole('button', { name: 'Try it out' }).click()
    await page.getByRole('table').getByText('Carry out this plan?').waitFor()
    await expectAccessible(page, 'a dry run')
    expect(await ask('{ runs { totalCount } }')).toEqual(before)
  })

  test('keep their versions', async () => {
    await page.keyboard.press('Escape')
    await page
      .getByRole('navigation', { name: 'Views of the workflow' })
      .getByRole('link', { name: /Versions/ })
      .click()
    await page.getByRole('row', { name: /^Version \d/ }).waitFor()
    await expectAccessible(page, 'versions')
  })

  test('of one’s own are checked, fault by fault', async () => {
    await go('w', 'Workflows')
    await page.keyboard.press('2')
    const text = page.getByRole('textbox', { name: 'The workflow' })
    await text.fill(
      'name: mine\nversion: 1\ntitle: Mine\ndescription: ""\nsteps:\n  - { key: a, title: A, agent: nobody }\n',
    )
    await page.getByRole('button', { name: 'Check it' }).click()
    await page.getByRole('region', { name: 'Faults' }).getByText('there is no agent nobody').waitFor()
    await expectAccessible(page, 'faults')
    await text.fill(
      'name: mine\nversion: 1\ntitle: Mine\ndescription: ""\nsteps:\n  - { key: a, title: A, agent: code.tests }\n',
    )
    await page.getByRole('button', { name: 'Check it' }).click()
    await page.getByText('Mine is whole').waitFor()
  })
})

/** What is asked of all runs on the page of health, with the word that it takes. */
async function toAll(key: string, word: string, yes: string): Promise<void> {
  await page.keyboard.press(key)
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: `Type ${word} to confirm` }).fill(word)
  await dialog.getByRole('button', { name: yes }).click()
  await dialog.waitFor({ state: 'detached' })
}

test('health is live, and stopping everything takes a word', async () => {
  await go('o', 'Health')
  await page.getByRole('region', { name: 'Services' }).getByText('postgres').waitFor()
  await page.getByRole('region', { name: 'Workers', exact: true }).first().waitFor()
  await expectAccessible(page, 'health')
  const busy = await start(bug)
  await page.getByText(/^1 (running|pending)/).waitFor()
  await toAll('P', 'PAUSE', 'Pause all runs')
  await page.getByText('1 run paused.').waitFor()
  await expect.poll(() => statusOf(busy), { timeout: 30_000 }).toBe('PAUSED')
  await page.getByText('1 paused run will go on, whoever paused it.').waitFor()
  await toAll('R', 'RESUME', 'Resume all runs')
  await page.getByText('1 run resumed.').waitFor()
  await expect.poll(() => statusOf(busy), { timeout: 30_000 }).not.toBe('PAUSED')
  await page.keyboard.press('S')
  const dialog = page.getByRole('dialog')
  const stop = dialog.getByRole('button', { name: 'Stop everything' })
  expect(await stop.isDisabled()).toBe(true)
  await dialog.getByRole('textbox', { name: 'Type STOP to confirm' }).fill('stop')
  await expectAccessible(page, 'the confirmation')
  await stop.click()
  await page.getByText('1 run cancelled.').waitFor()
  await expect.poll(() => statusOf(busy), { timeout: 30_000 }).toBe('CANCELLED')
}, 90_000)

test('nothing went wrong in the pages meanwhile', () => {
  expect(faults).toEqual([])
})
