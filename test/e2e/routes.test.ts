/** Every page of a furnished house, by its address alone: real content, no fault, axe, phones, both themes, every key. */
import { createMemoryHistory } from '@tanstack/react-router'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAppRouter } from '../../web/app.tsx'
import { conflicts } from '../../web/lib/shortcuts.ts'
import { claimedTwice, type ListedKey, listedKeys, lookOf, pressKeys } from './keys-of.ts'
import { type OpenHouse, openHouse } from './open-house.ts'
import { arrive, type Stop, tourOf, visit, walk } from './tour.ts'
import { isTooWide, violationsOf } from './web-page.ts'
import { startWebServer } from './web-server.ts'

const desk = { viewport: { width: 1440, height: 900 }, colorScheme: 'light' } as const
const phone = {
  ...{ viewport: { width: 360, height: 740 }, hasTouch: true },
  ...({ colorScheme: 'dark', reducedMotion: 'reduce' } as const),
}
const patience = 240_000

let open: OpenHouse
beforeAll(async () => {
  open = await openHouse((await startWebServer()).product)
}, patience)
afterAll(() => open?.close(), 30_000)

const stops = () => tourOf(open.house)

test('there is a stop at every route', () => {
  const router = createAppRouter(createMemoryHistory({ initialEntries: ['/'] }))
  const routes = Object.keys(router.routesByPath).sort()
  expect(routes.length).toBeGreaterThan(15)
  expect([...new Set(stops().map(({ route }) => route))].sort()).toEqual(routes)
  for (const { route, at } of stops()) {
    const [path = ''] = at.split('?')
    expect(router.getMatchedRoutes(path)[2]?.fullPath, at).toBe(route)
  }
})

/** The keys that each stop lists. */
const listed: { stop: Stop; keys: ListedKey[] }[] = []

test('on a desk, by daylight: every page shows what it is about, axe finds nothing, and no key has two meanings', {
  timeout: patience,
}, async () => {
  const { page, faults, close } = await open.page(desk)
  const wrong = await alongTour(page, async stop => [
    ...(await page.getByRole('heading', { name: 'This page broke' }).allTextContents()),
    // Specimens do nothing.
    ...(stop.route === '/design' ? [] : await claimedTwice(page)),
    ...(await violationsOf(page)),
    ...(await listedAt(page, stop)),
    ...faults.splice(0),
  ])
  await close()
  expect(wrong).toEqual([])
})

/** Keeps the keys that are listed here. Returns those of which one swallows the other. */
async function listedAt(page: Page, stop: Stop): Promise<string[]> {
  // A dialog that is open has its own keys.
  if ((await page.locator('dialog[open]').count()) > 0) return []
  const keys = await listedKeys(page)
  listed.push({ stop, keys })
  return conflicts(keys.map(one => one.keys)).map(pair => pair.join(' and '))
}

test('on a phone, at night: nothing is too wide, nothing moves, and axe finds nothing', {
  timeout: patience,
}, async () => {
  const { page, faults, close } = await open.page(phone)
  const wrong = await alongTour(page, async () => [
    ...((await isTooWide(page)) ? ['wider than the window'] : []),
    ...(await moving(page)),
    ...(await violationsOf(page)),
    ...faults.splice(0),
  ])
  await close()
  expect(wrong).toEqual([])
})

/** Visits every stop, and goes on whatever it finds. Returns all of it. */
async function alongTour(page: Page, look: (stop: Stop) => Promise<readonly string[]>): Promise<string[]> {
  const found: string[] = []
  for (const stop of stops()) {
    const wrong = await visit(page, open.url, stop)
      .then(() => look(stop))
      .catch(error => [String(error)])
    found.push(...wrong.map(one => `${stop.name}: ${one}`))
  }
  return found
}

/** What an animation would still be moving, for whoever asked that nothing does. */
const moving = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    document
      .getAnimations()
      .filter(one => one.playState === 'running' && Number(one.effect?.getComputedTiming().duration) > 10)
      .map(one => (one instanceof CSSAnimation ? one.animationName : String(one.id))),
  )

test('no view of a run takes a key away from the run', () => {
  const ofRun = (name: string) => listed.find(({ stop }) => stop.name === name)?.keys ?? []
  // Walking is a matter of each view.
  const common = ofRun('run-graph').filter(
    ({ group, keys }) => ['Run', 'Time', 'Everywhere'].includes(group) && !'jk'.includes(keys),
  )
  expect(common.length).toBeGreaterThan(20)
  for (const name of ['run-changes', 'run-agents', 'run-stream', 'run-cost'])
    expect(ofRun(name), name).toEqual(expect.arrayContaining(common))
})

test('keys do what they say: something changes, and nothing breaks', { timeout: patience }, async () => {
  const { page, faults, close } = await open.page(desk)
  // Of what the system does with a file the page itself knows nothing.
  const files = { count: 0 }
  page.on('filechooser', () => void files.count++)
  page.on('download', () => void files.count++)
  const silent: string[] = []
  await arrive(page, open.url)
  const toDo = await somethingToDo()
  for (const [name, { keys, at }] of keysWithStops(listed)) {
    const ready = toDo.find(({ names }) => names.test(name))
    const places: Place[] = ready === undefined ? at : [ready]
    const changed = (round: Round) => isSome(places, place => changes(page, { keys, place, files, ...round }))
    // What has nothing to do at one stop has at another; only what has at none is looked at with patience, and from anew.
    if (!(await changed(quickly)) && !(await changed(patiently)))
      silent.push(`${name} on ${places.map(one => one.at).join(', ')}`)
    expect(faults, name).toEqual([])
  }
  await close()
  expect(silent).toEqual([])
})

/** `before`: what is done there before a key is pressed. */
type Place = { at: string; before?(page: Page): Promise<void> }

/** Where those keys have something to do that have nothing to do on the tour. */
async function somethingToDo(): Promise<(Place & { names: RegExp })[]> {
  const { ask, audit, fix } = open.house
  const query = 'query ($id: ID!) { run(id: $id) { artifacts(first: 2, kinds: ["AnalysisReport"]) { nodes { id } } } }'
  const { run } = await ask.query<{ run: { artifacts: { nodes: { id: string }[] } } }>(query, { id: audit })
  const [base, artifact] = run.artifacts.nodes
  const pressing = (keys: string) => (page: Page) => pressKeys(page, keys)
  return [
    { names: /^Timeline: /, at: `/runs/${audit}?tab=timeline&span=1500-4000&task=1` },
    { names: /^Graph: Show the whole/, at: `/runs/${fix}`, before: pressing('+') },
    { names: /^Stream: Follow/, at: `/runs/${fix}?tab=stream`, before: scrollUp },
    { names: /^Artifact: Compare/, at: `/runs/${audit}?tab=artifacts&artifact=${artifact?.id}&base=${base?.id}` },
    { names: /^Changes: (Mark|Comment)/, at: `/runs/${fix}?tab=artifacts`, before: pressing('n') },
    { names: /^Time: (Back to now|One event on|On to what)/, at: `/runs/${audit}?at=20` },
  ]
}

/** As far as it goes, and waits until it has gone there. */
async function scrollUp(page: Page): Promise<void> {
  const stream = page.getByRole('region', { name: 'Stream' })
  await stream.hover()
  await page.mouse.wheel(0, -50_000)
  await page.waitForFunction(() =>
    [...document.querySelectorAll('[aria-label=Stream] *')].every(one => one.scrollTop === 0),
  )
}

type Round = { go(page: Page, at: string): Promise<void>; withinMs: number }
const quickly: Round = { go: walk, withinMs: 500 }
const patiently: Round = { go: (page, at) => arrive(page, open.url + at), withinMs: 5_000 }

type Press = Round & { keys: string; place: Place; files: { count: number } }

/** Whether the keys change anything of the page there. */
async function changes(page: Page, { keys, place, files, go, withinMs }: Press): Promise<boolean> {
  await go(page, place.at)
  // What the last key opened over every page came late.
  if ((await page.locator('dialog[open]').count()) > 0) await arrive(page, open.url + place.at)
  await place.before?.(page)
  const [before, count] = [await restingLook(page), files.count]
  await pressKeys(page, keys)
  const changed = await isSoon(async () => files.count > count || (await lookOf(page)) !== before, withinMs)
  if ((await page.locator('dialog[open]').count()) > 0) await page.keyboard.press('Escape')
  return changed
}

async function isSome<One>(all: readonly One[], holds: (one: One) => Promise<boolean>): Promise<boolean> {
  for (const one of all) if (await holds(one)) return true
  return false
}

/** What ends something for whoever comes later is done last, in this order. */
const lasting = ['Deny', 'Approve', 'Pause the run', 'Resume the run', 'Reset the run', 'Retry the selected task']

/** Each action once, with the stops that list it. */
function keysWithStops(listed: readonly { stop: Stop; keys: ListedKey[] }[]) {
  const found = new Map<string, { keys: string; at: Stop[] }>()
  for (const { stop, keys } of listed)
    for (const { group, title, keys: chord } of keys) {
      const name = `${group}: ${title} (${chord})`
      const known = found.get(name) ?? { keys: chord, at: [] }
      found.set(name, { ...known, at: [...known.at, stop] })
    }
  expect(found.size).toBeGreaterThan(50)
  const rank = (name: string) => lasting.findIndex(title => name.includes(title))
  return [...found].sort(([a], [b]) => rank(a) - rank(b))
}

/** Once it is the same twice: what was still coming has come. */
async function restingLook(page: Page): Promise<string> {
  for (let before = ''; ; ) {
    const now = await lookOf(page)
    if (now === before) return now
    before = now
    await page.waitForTimeout(50)
  }
}

async function isSoon(holds: () => Promise<boolean>, withinMs: number): Promise<boolean> {
  const end = Date.now() + withinMs
  for (;;) {
    if (await holds()) return true
    if (Date.now() > end) return false
    await new Promise(resolve => setTimeout(resolve, 25))
  }
}
