/**
 * A run is watched while the server, Redis and the network die under the page: it shows exactly what the store holds, it is
 * never loaded anew, and it complains only of what lasts. `npm test` injects each fault once; `npm run soak` draws many from
 * a seed: `SOAK_SEED=7 SOAK_ROUNDS=30 npm run soak`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../db/testing.ts'
import { draw } from '../../domain/run/retry.ts'
import { type EmbeddedRedis, startRedis } from '../../server/embedded/redis.ts'
import { buildWeb } from '../../setup/web.mjs'
import { launchBrowser } from '../browser.ts'
import { type Ask, createAsk } from './ask.ts'
import { repositoryIn, startRun, statusOf, until } from './house.ts'
import { createProduct, type Product } from './product.ts'
import { createTicker, type Ticker } from './ticker.ts'
import { factsOf } from './truth.ts'
import { faultsOf } from './web-page.ts'
import { createWire, type Wire } from './web-server.ts'

const soak = process.env.SOAK !== undefined
const seed = Number(process.env.SOAK_SEED ?? 3)
const rounds = soak ? Number(process.env.SOAK_ROUNDS ?? 30) : 4
const patience = soak ? 30 * 60_000 : 180_000

const home = mkdtempSync(join(tmpdir(), 'orrery-reconnect-'))
let database: TestDatabase
let redis: EmbeddedRedis | null
let product: Product
let browser: Browser
let wire: Wire
let page: Page
let faults: string[]
let ask: Ask
let ticker: Ticker
let runId = ''

beforeAll(async () => {
  const quiet = { info: () => {}, warn: () => {} }
  ;[database, redis, browser] = await Promise.all([
    testDatabase(),
    startRedis({ dataDir: home, log: quiet, durable: false }),
    launchBrowser(),
    buildWeb(() => {}),
  ])
  product = createProduct(join(home, 'data'), {
    DATABASE_URL: database.url,
    ...(redis === null ? {} : { REDIS_URL: redis.url }),
    // Short, so that nobody waits long for what a killed worker held.
    ...{ ORRERY_LEASE_MS: '3000', ORRERY_HEARTBEAT_MS: '900' },
  })
  await product.start()
  wire = await createWire(product.url())
  ask = createAsk(product)
  const repository = repositoryIn(home, 'python-inventory')
  const input = { name: 'Inventory', repository }
  const made = await ask.mutate<{ project: { id: string } }>('createProject', input, 'project { id }')
  runId = await startRun(ask, { ...made.project, repository }, { workflow: 'repository-audit', manual: true })
  ticker = createTicker(ask, runId)
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  page.setDefaultTimeout(60_000)
  faults = faultsOf(page)
  await page.goto(wire.url + product.link())
  await page.addInitScript(watchBanner)
  await page.goto(`${wire.url}/runs/${runId}?tab=events`)
  await events().waitFor()
  await page.evaluate(() => Object.assign(globalThis, { neverLoadedAnew: true }))
}, 180_000)
afterAll(async () => {
  ticker?.stop()
  await browser?.close()
  await wire?.close()
  await product?.stop()
  await redis?.stop()
  await database?.drop()
  rmSync(home, { recursive: true, force: true })
}, 60_000)

const events = () => page.getByRole('listbox', { name: 'Events of the run' })
const banner = () => page.getByText(/Connection lost, reconnecting/)

/** 0 while the server cannot say. */
const headInStore = (): Promise<number> =>
  ask.query<{ run: { head: number } }>('query ($id: ID!) { run(id: $id) { head } }', { id: runId }).then(
    ({ run }) => run.head,
    () => 0,
  )

const headOnPage = async (): Promise<number> => {
  const tab = page.getByRole('navigation', { name: 'Views of the run' }).getByRole('link', { name: /Events/ })
  return Number((await tab.innerText()).replace(/\D/g, ''))
}

/** Says yes to every task that waits for it. One that was paused or answered meanwhile is asked again later. */
async function letGo(): Promise<void> {
  const query =
    'query ($runId: ID!) { approvals(first: 50, filter: { runId: $runId, statuses: [OPEN] }) { nodes { id } } }'
  const { approvals } = await ask.query<{ approvals: { nodes: { id: string }[] } }>(query, { runId })
  for (const { id } of approvals.nodes)
    await ask
      .mutate('answerApproval', { approvalId: id, answer: { approve: true } }, 'approval { id }')
      .catch(() => undefined)
}

/** Waits until the page has what the store has now. */
async function caughtUp(): Promise<void> {
  const head = await until('the head of the run', headInStore, one => one > 0)
  await until(`the page to show event ${head}`, headOnPage, shown => shown >= head)
}

const kinds: { name: string; inject(random: number): Promise<void> }[] = [
  {
    name: 'kill -9 of the server',
    async inject() {
      await product.kill()
      await product.start()
    },
  },
  {
    name: 'kill -9 of Redis',
    async inject() {
      const pid = redis?.state().pid ?? null
      if (pid !== null) process.kill(pid, 'SIGKILL')
    },
  },
  { name: 'a socket that is cut', inject: async () => wire.cut() },
  {
    name: 'a network that is away until the page says so',
    async inject() {
      wire.down()
      await banner().waitFor()
      wire.mend()
    },
  },
]

/** Each kind once, in an order that the seed decides; beyond that, any. */
function drawn(round: number): (typeof kinds)[number] {
  const order = [...kinds].sort((a, b) => draw(seed, a.name.length) - draw(seed, b.name.length))
  const any = order[Math.floor(draw(seed, 100 + round) * order.length)]
  return (round < order.length ? order[round] : any) ?? (order[0] as (typeof kinds)[number])
}

test('whatever dies, the page goes on with the next event', { timeout: patience }, async () => {
  for (let round = 0; round < rounds; round++) {
    // A moment is a number of events from now: it comes on any machine.
    const moment = (await headOnPage()) + 1 + Math.floor(draw(seed, 1_000 + round) * 12)
    await until(`event ${moment}`, headInStore, head => head >= moment)
    // Its last step waits for a go of its own, so that the run outlives all rounds on any machine.
    if (round < 3) await letGo()
    await drawn(round).inject(draw(seed, round))
    await caughtUp()
    await banner().waitFor({ state: 'detached' })
  }
})

test('and shows every event of the store once, in order, without having been loaded anew', {
  timeout: patience,
}, async () => {
  await ticker.rest()
  await until(
    'the end of the run',
    () => letGo().then(() => statusOf(ask, runId)),
    status => status === 'SUCCEEDED',
  )
  await caughtUp()
  const stored = (await factsOf(ask, runId)).map(({ seq, type }) => `${seq} ${type}`)
  expect(stored.length).toBeGreaterThan(60)
  expect(await shownEvents()).toEqual(stored)
  expect(await page.evaluate(() => 'neverLoadedAnew' in globalThis)).toBe(true)
  expect(faults).toEqual([])
})

test('the banner came only after three seconds of silence', async () => {
  const silences = await page.evaluate(() => (globalThis as unknown as { silences: number[] }).silences)
  expect(silences.length).toBeGreaterThan(0)
  for (const silence of silences) expect(silence).toBeGreaterThan(2_900)
})

/** Every row of the list from its beginning to its end, as `seq type`. */
async function shownEvents(): Promise<string[]> {
  await events().focus()
  await page.keyboard.press('Home')
  await events().locator('[aria-posinset="1"]').waitFor()
  const rows = new Map<number, string>()
  const total = await headOnPage()
  for (;;) {
    const seen = await events()
      .getByRole('option')
      .evaluateAll(options =>
        options.map(option => ({
          place: Number(option.getAttribute('aria-posinset')),
          said: [option.children[0], option.children[2]].map(one => one?.textContent?.trim()).join(' '),
          text: option.textContent ?? '',
        })),
      )
    for (const { place, said, text } of seen) {
      expect(rows.get(place) ?? said, text).toBe(said)
      rows.set(place, said)
    }
    if (rows.has(total)) return [...rows].sort(([a], [b]) => a - b).map(([, said]) => said)
    const before = rows.size
    await events().evaluate(list => list.scrollBy(0, list.clientHeight * 0.8))
    await until(
      'more rows',
      async () => events().getByRole('option').last().getAttribute('aria-posinset'),
      last => Number(last) > before,
    )
  }
}

/** Runs in the page: notes for how long nothing had been heard when the banner came. */
function watchBanner(): void {
  const silences: number[] = []
  let heard = Date.now()
  const Plain = globalThis.WebSocket
  globalThis.WebSocket = class extends Plain {
    constructor(...args: ConstructorParameters<typeof Plain>) {
      super(...args)
      this.addEventListener('message', () => {
        heard = Date.now()
      })
    }
  }
  let shown = false
  new MutationObserver(() => {
    const now = document.body?.textContent?.includes('Connection lost, reconnecting') === true
    if (now && !shown) silences.push(Date.now() - heard)
    shown = now
  }).observe(document, { subtree: true, childList: true })
  Object.assign(globalThis, { silences })
}
