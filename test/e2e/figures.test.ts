/** Figures that the pages display, held against the events and rows that they come from, which are counted apart. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readFigure, says, sheetOf, statOf } from './figures-of.ts'
import { statusOf, until } from './house.ts'
import { type OpenHouse, openHouse } from './open-house.ts'
import { arrive } from './tour.ts'
import {
  chargesIn,
  comparedIn,
  dollarsOf,
  endedOf,
  type Fact,
  factsOf,
  foreseenIn,
  ofType,
  plansOf,
  secondsOf,
  sumOf,
  worstCaseOf,
} from './truth.ts'
import { startWebServer } from './web-server.ts'

const patience = 120_000
let open: OpenHouse
let page: Page
/** What happened, run by run; of a fork only what is its own. */
let fix: Fact[]
let audit: Fact[]
let fork: Fact[]
let all: Fact[][]

beforeAll(async () => {
  open = await openHouse((await startWebServer()).product)
  page = (await open.page({ viewport: { width: 1440, height: 900 } })).page
  const { ask, house } = { ...open.house, house: open.house }
  const [ofFix, ofAudit, ofFork, ofPaused] = await Promise.all(
    [house.fix, house.audit, house.fork, house.paused].map(runId => factsOf(ask, runId)),
  )
  fix = ofFix ?? []
  audit = ofAudit ?? []
  fork = ofFork ?? []
  const begun = fork.findIndex(({ type }) => type === 'RunForked')
  all = [fix, audit, fork.slice(begun), ofPaused ?? []]
}, 240_000)
afterAll(() => open?.close(), 30_000)

const go = (at: string): Promise<void> => arrive(page, open.url + at)

/** The figure says as much, and is told apart from another where it does not. */
function expectFigure(text: string | undefined, truth: number, what: string): void {
  expect(says(text ?? '', truth), `${what}: ${JSON.stringify(text)} is displayed, ${truth} is true`).toBe(true)
}

/** Of a list, the row in which a text stands: what it says line by line. */
async function rowOf(text: string | RegExp): Promise<string[]> {
  const row = page.locator('main').getByRole('listitem').filter({ hasText: text }).first()
  await row.waitFor()
  return (await row.innerText()).split('\n').map(line => line.trim())
}

test('a figure is read as finely as it is written', () => {
  expect(readFigure('$0.00812 of $2.50')).toEqual({ value: 0.00812, step: 0.00001 })
  expect([says('68.8K', 68_764), says('68.8K', 68_900), says('3:07', 187.4), says('1,015', 1_016)]).toEqual([
    ...[true, false, true, false],
  ])
})

describe('of a run', () => {
  test('its tabs and its header count its events', { timeout: patience }, async () => {
    await go(`/runs/${open.house.fix}`)
    const tabs = page.getByRole('navigation', { name: 'Views of the run' })
    const tab = (name: string) => tabs.getByRole('link', { name: new RegExp(`^${name}`) }).innerText()
    expectFigure(await tab('Tasks'), ofType(fix, 'TaskPlanned').length, 'tasks')
    expectFigure(await tab('Events'), fix.length, 'events')
    expectFigure(await tab('Artifacts'), ofType(fix, 'ArtifactCreated').length, 'artifacts')
    const { ended, total } = endedOf(fix)
    await page.getByText(`${ended} of ${total} tasks done`).waitFor()
    expectFigure(await page.locator('main header').getByText(/^\$/).first().innerText(), dollarsOf(fix), 'its cost')
  })

  test('its cost is the sum of its calls, by model, by agent and by task', { timeout: patience }, async () => {
    await go(`/runs/${open.house.fix}?tab=cost`)
    const calls = ofType(fix, 'ModelCallFinished')
    expect(calls.length).toBeGreaterThan(5)
    expectFigure(await statOf(page, 'Spent'), dollarsOf(fix), 'spent')
    expectFigure(await statOf(page, 'Reserved'), 0, 'reserved')
    expectFigure(await statOf(page, 'Budget'), 2.5, 'budget')
    expectFigure(await statOf(page, 'Calls'), ofType(fix, 'ModelCallStarted').length, 'calls')
    const plans = plansOf(fix)
    const agentOf = ({ data }: Fact) => plans.find(({ index }) => index === data.taskIndex)?.uses ?? ''
    await expectParts('By model', calls, ({ data }) => String(data.model))
    await expectParts('By agent', calls, agentOf)
    await expectParts('By task', calls, ({ data }) => plans.find(one => one.index === data.taskIndex)?.title ?? '')
  })

  test('a figure leads to the events that it is the sum of', { timeout: patience }, async () => {
    await go(`/runs/${open.house.fix}?tab=cost`)
    await page
      .locator('main dl')
      .getByRole('link', { name: await statOf(page, 'Spent') })
      .click()
    const calls = ofType(fix, 'ModelCallFinished', 'ModelCallFailed').length
    await page
      .getByRole('status')
      .filter({ hasText: `${calls} of ${fix.length}` })
      .waitFor()
    const events = page.getByRole('listbox', { name: 'Events of the run' })
    await expect.poll(() => events.getByRole('option').count()).toBe(calls)
  })

  test('its tasks took as long as lies between their events', { timeout: patience }, async () => {
    await go(`/runs/${open.house.audit}?tab=tasks`)
    const work = plansOf(audit).filter(({ isWork }) => isWork)
    expect(work.length).toBeGreaterThan(5)
    for (const { index, uses } of work) {
      const [last = ''] = (await rowOf(uses)).slice(-1)
      expectFigure(last, secondsOf(audit, index) ?? Number.NaN, uses)
    }
  })
})

async function expectParts(table: string, calls: readonly Fact[], nameOf: (call: Fact) => string): Promise<void> {
  const sheet = await sheetOf(page, table)
  const names = [...new Set(calls.map(nameOf))]
  expect([...sheet.keys()].sort(), table).toEqual(names.sort())
  for (const name of names) {
    const own = calls.filter(call => nameOf(call) === name)
    const row = sheet.get(name)
    expectFigure(row?.get('Calls'), own.length, `${table}, calls of ${name}`)
    expectFigure(row?.get('Tokens in'), sumOf(own, 'inputTokens'), `${table}, tokens in of ${name}`)
    expectFigure(row?.get('out'), sumOf(own, 'outputTokens'), `${table}, tokens out of ${name}`)
    expectFigure(row?.get('Spent'), dollarsOf(own), `${table}, cost of ${name}`)
  }
}

test('all that a run has made is one download, with a file for each artifact', { timeout: patience }, async () => {
  await go(`/runs/${open.house.audit}?tab=artifacts`)
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('S')])
  expect(download.suggestedFilename()).toMatch(/\.zip$/)
  const archive = readFileSync(await download.path(), 'latin1')
  // The end of a zip says how many files are in it; the index is one of them.
  const files = Buffer.from(archive, 'latin1').readUInt16LE(archive.lastIndexOf('PK\x05\x06') + 10)
  expect(files - 1).toBe(ofType(audit, 'ArtifactCreated').length)
  for (const { data } of ofType(audit, 'ArtifactCreated')) expect(archive).toContain(String(data.hash))
})

describe('of all runs', () => {
  test('what was spent today is the sum of what was charged, and each charge is listed', {
    timeout: patience,
  }, async () => {
    const charges = await chargesIn(open.house.ask)
    const sum = charges.reduce((dollars, charge) => dollars + charge.dollars, 0)
    const ofFix = charges.filter(({ runId }) => runId === open.house.fix)
    expect(ofFix.length).toBe(ofType(fix, 'ModelCallFinished').length)
    await go('/')
    const today = page.locator('[data-figure=today]')
    await today.filter({ hasText: '$' }).waitFor()
    expectFigure(await today.innerText(), sum, 'today')
    expectFigure(await page.getByText(/model calls? since midnight/).innerText(), charges.length, 'calls today')
    await today.click()
    await page
      .getByRole('list', { name: 'Model calls' })
      .getByRole('listitem')
      .nth(charges.length - 1)
      .waitFor()
    const rows = await page.getByRole('list', { name: 'Model calls' }).getByRole('listitem').allInnerTexts()
    const shown = rows.map(row => /\$[\d.]+$/.exec(row.trim())?.[0] ?? '')
    // Small sums are rounded: row by row they are read as finely as they are written, which their sum is not.
    shown.sort((one, other) => readFigure(one).value - readFigure(other).value)
    charges.sort((one, other) => one.dollars - other.dollars)
    expect(shown).toHaveLength(charges.length)
    for (const [index, charge] of charges.entries()) expectFigure(shown[index], charge.dollars, `charge ${index}`)
  })

  test('each run is listed with how far it is, what it cost and how long it took', { timeout: patience }, async () => {
    await go('/runs')
    const listed = await rowOf('Fix a bug')
    const { ended, total } = endedOf(fix)
    expect(listed).toContain(`${ended} of ${total}`)
    expectFigure(
      listed.find(line => line.startsWith('$')),
      dollarsOf(fix),
      'cost',
    )
    const done = await rowOf('Repository audit')
    const whole = endedOf(audit)
    expect(done).toContain(`${whole.ended} of ${whole.total}`)
    expect(whole.ended).toBe(whole.total)
    const [first, last] = [audit[0], audit.at(-1)]
    const took = done.find(line => /^([\d.]+ s|[\d:]+)$/.test(line))
    expectFigure(took, ((last?.at ?? 0) - (first?.at ?? 0)) / 1_000, 'time')
  })

  test('what waits is what is asked', { timeout: patience }, async () => {
    const asked = all.flatMap(facts => ofType(facts, 'ApprovalRequested')).length
    const answered = all.flatMap(facts => ofType(facts, 'ApprovalAnswered', 'ApprovalClosed')).length
    await go('/approvals')
    const badge = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /Approvals/ })
    await badge.filter({ hasText: /\d/ }).waitFor()
    expectFigure(await badge.innerText(), asked - answered, 'open questions')
    await go('/health')
    expectFigure(await statOf(page, 'Questions open'), asked - answered, 'open questions')
    expectFigure(await statOf(page, 'Open runs'), 2, 'open runs')
  })

  test('agents are told by what they ended, how well, how fast and for how much', { timeout: patience }, async () => {
    await go('/agents')
    const team = new Map([...(await sheetOf(page, 'The team that thinks')), ...(await sheetOf(page, 'Programs'))])
    const rowOfAgent = (name: string) => [...team].find(([first]) => first.split('\n').includes(name))?.[1]
    const uses = new Set(all.flatMap(plansOf).map(plan => plan.uses))
    let looked = 0
    for (const name of uses) {
      const row = rowOfAgent(name)
      const ended = all.flatMap(facts => endsOf(facts, name))
      if (row === undefined || ended.length === 0) continue
      looked += 1
      expectFigure(row.get('Ended'), ended.length, `${name}, ended`)
      const paid = all.flatMap(facts => callsOf(facts, name))
      if (paid.length > 0) expectFigure(row.get('Cost'), dollarsOf(paid), `${name}, cost`)
      const good = ended.filter(({ type }) => type === 'TaskSucceeded').length
      expectFigure(row.get('Well'), (good / ended.length) * 100, `${name}, share that went well`)
      if (name === 'debugger') expectFigure(row.get('Typically'), onlyTimeOf(fix, name), `${name}, time`)
    }
    expect(looked).toBeGreaterThan(8)
  })

  test('models are told by their calls, their tokens and their cost', { timeout: patience }, async () => {
    const charges = await chargesIn(open.house.ask)
    await go('/providers')
    const sum = charges.reduce((dollars, charge) => dollars + charge.dollars, 0)
    expectFigure(await statOf(page, 'Spent'), sum, 'spent')
    expectFigure(await statOf(page, 'Calls'), charges.length, 'calls')
  })

  test('quality is the mean of the scores of artifacts', { timeout: patience }, async () => {
    const scores = all
      .flatMap(facts => ofType(facts, 'ArtifactCreated'))
      .flatMap(({ data }) => (data.score === null ? [] : [Number(data.score)]))
    expect(scores.length).toBeGreaterThan(2)
    await go('/quality')
    expectFigure(await statOf(page, 'Mean'), scores.reduce((sum, one) => sum + one, 0) / scores.length, 'mean')
    expectFigure(await statOf(page, 'Lowest'), Math.min(...scores), 'lowest')
  })
})

describe('of a run and its fork', () => {
  /** The run that spent, forked in the middle of its spending. */
  let at = 0
  let forked = ''
  let own: Fact[]
  let facts: Fact[]

  beforeAll(async () => {
    const calls = ofType(fix, 'ModelCallFinished')
    at = calls[Math.floor(calls.length / 2)]?.seq ?? 0
    const { ask } = open.house
    const input = { runId: open.house.fix, atSeq: at, changes: { title: 'The same bug, from its middle' } }
    forked = (await ask.mutate<{ run: { id: string } }>('forkRun', input, 'run { id }')).run.id
    const isDone = (status: string) => ['WAITING', 'SUCCEEDED', 'FAILED'].includes(status)
    await until('the end of a fork', () => statusOf(ask, forked), isDone)
    facts = await factsOf(ask, forked)
    own = facts.slice(at)
  }, patience)

  test('what a fork will keep, do and share is counted before it is begun', { timeout: patience }, async () => {
    await go(`/runs/${open.house.fix}?fork=${at}`)
    const foresight = page.getByRole('region', { name: 'What the fork will do' })
    await foresight.getByText('Still to come').waitFor()
    const text = await foresight.innerText()
    const figure = (pattern: RegExp) => pattern.exec(text)?.[1]
    const truth = foreseenIn(fix.slice(0, at))
    expect(truth.kept).toBeGreaterThan(0)
    expectFigure(figure(/Kept\s+(\d+)/), truth.kept, 'tasks that are kept')
    expectFigure(figure(/Goes on\s+(\d+)/), truth.resumed, 'tasks that go on')
    expectFigure(figure(/Still to come\s+(\d+)/), truth.toCome, 'tasks still to come')
    expectFigure(figure(/shares ([\d,]+) events?/), truth.events, 'events that are shared')
    expectFigure(figure(/and ([\d,]+) artifacts?/), truth.artifacts, 'artifacts that are shared')
    expectFigure(figure(/has cost (\$[\d.]+\d)/), truth.dollars, 'what is not paid again')
  })

  test('a fork pays for its own calls alone, and its figures lead to no others', { timeout: patience }, async () => {
    expect(facts[at]?.type).toBe('RunForked')
    await go(`/runs/${forked}?tab=cost`)
    const paid = ofType(own, 'ModelCallFinished')
    expect(paid.length).toBeGreaterThan(0)
    expectFigure(await statOf(page, 'Spent'), dollarsOf(own), 'spent')
    expectFigure(await statOf(page, 'Calls'), ofType(own, 'ModelCallStarted').length, 'calls')
    expectFigure(await page.locator('main header').getByText(/^\$/).first().innerText(), dollarsOf(own), 'its cost')
    await page
      .locator('main dl')
      .getByRole('link', { name: await statOf(page, 'Spent') })
      .click()
    const charges = ofType(own, 'ModelCallFinished', 'ModelCallFailed').length
    await page
      .getByRole('status')
      .filter({ hasText: `${charges} of ${facts.length}` })
      .waitFor()
  })

  test('two runs are compared by what each did on its own, and each figure leads there', {
    timeout: patience,
  }, async () => {
    await go(`/compare?left=${open.house.fix}&right=${forked}`)
    await page.getByText(`after event ${at}`).first().waitFor()
    const [left, right] = [
      comparedIn(fix, { prefix: at, began: fix[at - 1]?.at ?? 0 }),
      comparedIn(facts, { prefix: at, began: facts[at]?.at ?? 0 }),
    ]
    for (const name of [
      'Spent',
      'Model calls',
      'Attempts',
      'Tasks that ended',
      'Tasks that failed',
      'Mean quality',
    ] as const) {
      const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) })
      const [one = '', other = '', between = ''] = await row.getByRole('cell').allInnerTexts()
      expectFigure(one, left[name], `${name}, left`)
      expectFigure(other, right[name], `${name}, right`)
      expectFigure(between, Math.abs(right[name] - left[name]), `${name}, between them`)
    }
    const attempts = page
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: 'Attempts', exact: true }) })
    await attempts.getByRole('link').last().click()
    await page
      .getByRole('status')
      .filter({ hasText: `${right.Attempts} of ${facts.length}` })
      .waitFor()
  })

  test('two that have ended are compared by the time they took', { timeout: patience }, async () => {
    const begun = ofType(fork, 'RunForked')[0]
    const prefix = (begun?.seq ?? 0) - 1
    await go(`/compare?left=${open.house.audit}&right=${open.house.fork}`)
    const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Time', exact: true }) })
    await row.waitFor()
    const [one = '', other = ''] = await row.getByRole('cell').allInnerTexts()
    expectFigure(one, comparedIn(audit, { prefix, began: audit[prefix - 1]?.at ?? 0 }).Time, 'time, left')
    expectFigure(other, comparedIn(fork, { prefix, began: begun?.at ?? 0 }).Time, 'time, right')
  })
})

test('what a proposal may cost follows from the limits of its roles and the prices of its models', {
  timeout: patience,
}, async () => {
  const { ask, proposal } = open.house
  const query = 'query ($id: ID!) { node(id: $id) { ... on Proposal { workflow estimate { basis } confidence } } }'
  const { node } = await ask.query<{ node: { workflow: string; estimate: { basis: string }; confidence: number } }>(
    query,
    { id: proposal },
  )
  expect(node.estimate.basis).toBe('WORST_CASE')
  const { low, high } = await worstCaseOf(ask, node.workflow)
  expect(high).toBeGreaterThan(low)
  await go(`/?proposal=${proposal}`)
  const [from, to] = (await statOf(page, 'Cost')).split('\n')[0]?.split(' – ') ?? []
  expectFigure(from, low, 'the least')
  expectFigure(to, high, 'the most')
  const sure = /Confidence ([\d]+) %/.exec(await page.locator('main').innerText())?.[1]
  expectFigure(sure, node.confidence * 100, 'confidence')
})

/** Seconds of the one task that an agent had in a run. */
function onlyTimeOf(facts: readonly Fact[], agent: string): number {
  const plan = plansOf(facts).find(({ uses }) => uses === agent)
  return secondsOf(facts, plan?.index ?? -1) ?? Number.NaN
}

/** Ends of the tasks of an agent. */
function endsOf(facts: readonly Fact[], agent: string): Fact[] {
  const own = tasksOf(facts, agent)
  return ofType(facts, 'TaskSucceeded', 'TaskFailed').filter(({ data }) => own.has(data.taskIndex))
}

function callsOf(facts: readonly Fact[], agent: string): Fact[] {
  const own = tasksOf(facts, agent)
  return ofType(facts, 'ModelCallFinished').filter(({ data }) => own.has(data.taskIndex))
}

/** A fork has its plans from the run that it comes from. */
function tasksOf(facts: readonly Fact[], agent: string): Set<unknown> {
  const plans = [...plansOf(facts), ...(facts[0]?.type === 'RunForked' ? plansOf(fork) : [])]
  return new Set(plans.filter(({ uses, isWork }) => isWork && uses === agent).map(({ index }) => index))
}
