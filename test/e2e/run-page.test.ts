/** The page of a run on histories that are known event by event: time, agents, money, and what leads where. */
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { RecordedEvent } from '../../domain/run/events.ts'
import { fold } from '../../domain/run/state.ts'
import { formatCount, formatMoney } from '../../web/lib/format.ts'
import { long, team } from '../../web/stories/team.ts'
import { desktop, openStories, phone, type StoryPages } from './story-pages.ts'
import { expectAccessible, isTooWide } from './web-page.ts'

let stories: StoryPages
beforeAll(async () => {
  stories = await openStories()
}, 120_000)
afterEach(async () => {
  await Promise.all(stories.browser.contexts().map(context => context.close()))
})
afterAll(() => stories?.close())

const events = team()
const spentUpTo = (seq: number) =>
  events.slice(0, seq).reduce((sum, { data }) => sum + ('costMicros' in data ? data.costMicros : 0), 0)

const slider = (page: Page) => page.getByRole('slider', { name: 'Moment of the run' })
const shownSeq = async (page: Page) => Number(await slider(page).getAttribute('aria-valuenow'))
const rows = (page: Page) => page.getByRole('listbox', { name: 'Events of the run' }).getByRole('option')
const tab = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Views of the run' }).getByRole('link', { name })

/** Presses into the track at a share of its length, and drags to another one. */
async function drag(page: Page, place: Locator, from: number, to: number): Promise<void> {
  const box = await place.boundingBox()
  if (box === null) throw new Error('it is not shown')
  const at = (share: number) => [box.x + box.width * share, box.y + Math.min(60, box.height / 2)] as const
  await page.mouse.move(...at(from))
  await page.mouse.down()
  for (let step = 1; step <= 8; step++) await page.mouse.move(...at(from + ((to - from) * step) / 8))
  await page.mouse.up()
}

describe('time', () => {
  test('is dragged over 40,000 events, and everything on the page shows the moment', async () => {
    const history = long()
    const page = await stories.open('long', '/runs/{run}?tab=tasks')
    await drag(page, slider(page), 0.9, 0.3)
    const seq = await shownSeq(page)
    expect(Math.abs(seq / history.length - 0.3)).toBeLessThan(0.01)
    const then = fold(null, history.slice(0, seq))
    const done = then?.tasks.filter(task => task.status === 'SUCCEEDED').length ?? 0
    expect(done).toBeGreaterThan(50)
    await page.getByText(`${done} of 300 tasks done`).waitFor()
    expect(await tab(page, 'Events').textContent()).toBe(`Events${formatCount(seq)}`)
    await page.getByText('earlier; now succeeded').waitFor()
    // What is over can be asked for nothing: only left.
    await page.keyboard.press('l')
    await page.getByText('300 of 300 tasks done').waitFor()
  })

  test('stands in the address, and goes by keys: event by event, and from one thing that stands out to the next', async () => {
    const page = await stories.open('team', '/runs/{run}?tab=events&at=40')
    expect(await shownSeq(page)).toBe(40)
    await page.keyboard.press(',')
    expect(await shownSeq(page)).toBe(39)
    await page.keyboard.press('.')
    await page.keyboard.press('<')
    const back = await shownSeq(page)
    expect(events[back - 1]?.type).toMatch(/Artifact|Handoff|Failed|Approval|Run/)
    await page.keyboard.press('>')
    expect(await shownSeq(page)).toBeGreaterThan(back)
    await slider(page).focus()
    await page.keyboard.press('Home')
    expect(await shownSeq(page)).toBe(1)
    await page.keyboard.press('End')
    await expect.poll(() => page.getByRole('button', { name: 'Back to now' }).count()).toBe(0)
  })

  test('is played from its beginning to now', async () => {
    const page = await stories.open('team', '/runs/{run}')
    for (let pace = 0; pace < 3; pace++) await page.keyboard.press('V')
    await page.getByRole('button', { name: 'Pace: 100 times' }).waitFor()
    await page.keyboard.press('v')
    await page.getByRole('button', { name: 'Back to now' }).waitFor()
    await page.getByRole('button', { name: 'Back to now' }).waitFor({ state: 'detached', timeout: 30_000 })
    expect(await shownSeq(page)).toBe(events.length)
  })
})

describe('money', () => {
  test.each([events.length, 40])('after event %i is the sum of its charges, and leads to them', async seq => {
    const page = await stories.open('team', `/runs/{run}?tab=cost&at=${seq}`)
    const figure = page.getByRole('term').filter({ hasText: 'Spent' }).locator('xpath=..').getByRole('link')
    expect(await figure.textContent()).toBe(formatMoney(spentUpTo(seq)))
    const charges = events.slice(0, seq).filter(event => /^ModelCall(Finished|Failed)$/.test(event.type))
    await figure.click()
    await page.getByText(`${charges.length} of ${seq}`).waitFor()
    expect(await rows(page).evaluateAll(all => all.map(row => row.id))).toEqual(
      charges.map(charge => `event-${charge.seq}`),
    )
  })

  test('by agent leads to the calls of that agent', async () => {
    const page = await stories.open('team', '/runs/{run}?tab=cost')
    const row = page.getByRole('region', { name: 'By agent' }).getByRole('row').filter({ hasText: 'code-generator' })
    const writers = fold(null, events)?.tasks.filter(task => task.uses === 'code-generator') ?? []
    expect(await row.getByRole('link').last().textContent()).toBe(
      formatMoney(writers.reduce((sum, task) => sum + task.spentMicros, 0)),
    )
    await row.getByRole('link').last().click()
    await page.getByText(`4 of ${events.length}`).waitFor()
    const texts = await rows(page).allTextContents()
    expect(texts.length).toBe(4)
    for (const text of texts) expect(text).toMatch(/Token bucket|Headers/)
  })
})

describe('agents', () => {
  test('stand below whoever they work for, and a run within the run below its task', async () => {
    const page = await stories.open('team', '/runs/{run}?tab=agents')
    const agents = page.getByRole('region', { name: 'Agents of the run' }).getByRole('listitem')
    const names = () => agents.evaluateAll(all => all.map(one => one.querySelector('a')?.textContent))
    expect((await names()).slice(3, 5)).toEqual(['Token bucket per key', 'Make the test of the bucket hold'])
    await page.getByText('waits for Make the test of the bucket hold').waitFor()
    const before = await agents.count()
    await page.getByRole('button', { name: 'Those who work for Audit of what changed' }).click()
    await expect.poll(() => agents.count()).toBeGreaterThan(before + 5)
    expect(await names()).toContain('Check out the repository')
  })

  test('are heard while they speak, one alone or all together', async () => {
    const page = await stories.open('team', '/runs/{run}?tab=stream')
    const stream = page.getByRole('region', { name: 'What the agents say' })
    await stream.getByText('The bucket takes its clock from outside now.').waitFor()
    await stream.getByText('use them for Retry-After').waitFor()
    await page.getByRole('combobox', { name: 'Agent' }).selectOption({ label: 'architect: Plan' })
    await stream.getByText('Two parts can be built side by side.').waitFor()
    expect(await stream.getByText('Retry-After').count()).toBe(0)
    await page.goBack().catch(() => {})
  })

  test('say in the past only what they had said by then', async () => {
    const page = await stories.open('team', '/runs/{run}?tab=stream&at=30')
    const stream = page.getByRole('region', { name: 'What the agents say' })
    await stream.getByText('I look at where requests are counted today.').waitFor()
    expect(await stream.getByText('Two parts can be built side by side.').count()).toBe(0)
    expect(await stream.getByText('The bucket takes its clock').count()).toBe(0)
  })
})

describe('the timeline', () => {
  const lanes = (page: Page) => page.getByRole('region', { name: 'Tasks over time' }).getByRole('listitem')

  test('of 20,000 spans exists as a screenful, and its end can be reached', async () => {
    const page = await stories.open('long', '/runs/{run}?tab=timeline')
    await page.getByText('20,700 spans').waitFor()
    await page.getByText('1:00:02 idle').waitFor()
    expect(await lanes(page).count()).toBeLessThan(80)
    await page.getByRole('region', { name: 'Tasks over time' }).evaluate(one => one.scrollTo({ top: one.scrollHeight }))
    await page.getByRole('link', { name: 'Step 299' }).waitFor()
    await page.getByRole('button', { name: 'Calls of Step 299' }).click()
    await page
      .getByText(/shell: make part-\d+/)
      .first()
      .waitFor()
    expect(await lanes(page).count()).toBeLessThan(80)
  })

  test('comes nearer where one drags, and the part that is seen stands in the address', async () => {
    const page = await stories.open('long', '/runs/{run}?tab=timeline&task=0')
    const ticks = () => page.locator('[class*=tick]').allTextContents()
    const whole = await ticks()
    await drag(page, page.locator('[class*=spans] > div'), 0.2, 0.3)
    await expect.poll(ticks).not.toEqual(whole)
    const near = await ticks()
    await page.keyboard.press('ArrowRight')
    await expect.poll(ticks).not.toEqual(near)
    await page.keyboard.press('0')
    await expect.poll(ticks).toEqual(whole)
    await page.keyboard.press('i')
    await expect.poll(() => page.getByText('1:00:02 idle').count()).toBe(0)
  })
})

test('an event leads to what caused it and to what it caused', async () => {
  const effect = events.find(event => event.type === 'ModelCallFinished' && event.causationSeq !== null)
  const cause = events[(effect?.causationSeq ?? 0) - 1]
  if (cause === undefined || effect === undefined) throw new Error('nothing led to anything')
  const page = await stories.open('team', `/runs/{run}?tab=events&seq=${cause.seq}`)
  const detailOf = ({ type }: RecordedEvent) => page.getByRole('complementary', { name: type })
  await detailOf(cause)
    .getByRole('button', { name: `${effect.seq} ${effect.type}` })
    .click()
  await detailOf(effect)
    .getByRole('button', { name: `${cause.seq} ${cause.type}` })
    .click()
  await detailOf(cause).getByRole('button', { name: 'Show this moment' }).click()
  expect(await shownSeq(page)).toBe(cause.seq)
})

test('the graph is found as it was left', async () => {
  const page = await stories.open('team', '/runs/{run}')
  const picture = page.locator('.react-flow__viewport')
  const seen = () => picture.evaluate(element => getComputedStyle(element).transform)
  await page.locator('[data-task]').first().waitFor()
  const fitted = await seen()
  await page.keyboard.press('-')
  await page.keyboard.press('-')
  await expect.poll(seen).not.toBe(fitted)
  // It comes to rest.
  let [left, before] = [await seen(), '']
  while (left !== before) {
    await page.waitForTimeout(300)
    ;[before, left] = [left, await seen()]
  }
  await page.keyboard.press('2')
  await picture.waitFor({ state: 'detached' })
  await page.keyboard.press('1')
  await page.locator('[data-task]').first().waitFor()
  expect(await seen()).toBe(left)
})

test('the critical path is shown, and a fan-out is closed and opened in the graph', async () => {
  const page = await stories.open('running', '/runs/{run}')
  const graph = page.getByRole('region', { name: 'Graph of the run' })
  await page.keyboard.press('c')
  await graph.locator('[data-critical]').first().waitFor()
  expect(await graph.locator('[data-critical]').allTextContents()).toContainEqual(expect.stringContaining('Check out'))
  const elements = () => graph.locator('[data-task]').count()
  const open = await elements()
  await graph.getByRole('button', { name: 'Elements of Analyses' }).click()
  await expect.poll(elements).toBe(open - 9)
  await graph.getByRole('button', { name: 'Elements of Analyses' }).click()
  await expect.poll(elements).toBe(open)
})

const views = ['graph', 'tasks', 'events', 'agents', 'timeline', 'stream', 'cost']

test.each([
  ['on a phone', { ...phone, colorScheme: 'light' }],
  ['on a desk, in the dark', { ...desktop, colorScheme: 'dark' }],
] as const)(
  '%s nothing is too wide, and axe finds nothing, now and in the past',
  async (_, context) => {
    const page = await (await stories.browser.newContext(context)).newPage()
    for (const at of ['', '&at=40']) {
      for (const view of views) {
        await stories.open('team', `/runs/{run}?tab=${view}${at}`, { page })
        expect(await isTooWide(page), view).toBe(false)
        await expectAccessible(page, `${view}${at}`)
      }
    }
  },
  180_000,
)
