/** Every page of a furnished house, by its address alone: real content, no fault, axe, phones, both themes, every key. */
import { createMemoryHistory } from '@tanstack/react-router'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAppRouter } from '../../web/app.tsx'
import { conflicts } from '../../web/lib/shortcuts.ts'
import { claimedTwice, type ListedKey, listedKeys, lookOf, pressKeys } from './keys-of.ts'
import { type OpenHouse, openHouse } from './open-house.ts'
import { arrive, type Stop, tourOf, visit } from './tour.ts'
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
  let chosen = 0
  // A dialog of the system, of which the page itself knows nothing.
  page.on('filechooser', () => {
    chosen += 1
  })
  const silent: string[] = []
  for (const [name, { keys, at }] of keysWithStops(listed)) {
    for (const [index, stop] of at.entries()) {
      await arrive(page, open.url + stop.at)
      const before = await restingLook(page)
      const files = chosen
      await pressKeys(page, keys)
      // Where the key has nothing to do here, the next stop that lists it will tell.
      const timeout = index === at.length - 1 ? 5_000 : 500
      const changed = async () => chosen > files || (await lookOf(page)) !== before
      if (await isSoon(changed, timeout)) break
      if (index === at.length - 1) silent.push(`${name} on ${at.map(one => one.name).join(', ')}`)
    }
    expect(faults, name).toEqual([])
  }
  await close()
  expect(silent).toEqual([])
})

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
