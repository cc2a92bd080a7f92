/**
 * A run is watched for ten minutes while a thousand events a second arrive: `SOAK_MINUTES=10 npm run soak`. What the page
 * keeps grows with the events alone, by what an event takes.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Sql } from '../../db/connect.ts'
import { createPostgresStore } from '../../db/events.ts'
import { type TestDatabase, testDatabase } from '../../db/testing.ts'
import { type Bell, createRedisBell } from '../../queues/bell.ts'
import { createRedis, type RedisLinks } from '../../queues/redis.ts'
import { type EmbeddedRedis, startRedis } from '../../server/embedded/redis.ts'
import { buildWeb } from '../../setup/web.mjs'
import { launchBrowser } from '../browser.ts'
import { flow, type PageRun, startPageRun } from '../page-run.ts'
import { createProduct, type Product } from './product.ts'
import { faultsOf } from './web-page.ts'

const minutes = Number(process.env.SOAK_MINUTES ?? 10)
const perSecond = 1_000
/** What an event takes in the heap of the page, with its place in the list: about 200 bytes were measured. */
const eventBytes = 512
/** What comes and goes with what is drawn, whatever the number of events. */
const spareBytes = 16 * 1_048_576

const home = mkdtempSync(join(tmpdir(), 'orrery-heap-'))
let database: TestDatabase
let redis: EmbeddedRedis | null
let links: RedisLinks
let bell: Bell
let sql: Sql
let product: Product
let browser: Browser
let run: PageRun
beforeAll(async () => {
  const quiet = { info: () => {}, warn: () => {} }
  ;[database, redis, browser] = await Promise.all([
    testDatabase(),
    startRedis({ dataDir: home, log: quiet, durable: false }),
    launchBrowser(),
    buildWeb(() => {}),
  ])
  if (redis === null) throw new Error('there is no Redis on this machine; `npm run setup` fetches one')
  // Nothing but this test moves the run.
  product = createProduct(join(home, 'data'), {
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    ORRERY_ROLE: 'api',
  })
  await product.start()
  const report = (where: string, error: unknown) => console.error(where, error)
  links = createRedis(redis.url, { prefix: 'orrery', report })
  sql = connect(database.url)
  const [organisation] = await sql<[{ id: string }]>`select id from organisations`
  bell = createRedisBell(links, report)
  run = await startPageRun({ organisationId: organisation.id, ring: bell.ring }, createPostgresStore(sql))
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await run?.close()
  await bell?.close()
  await sql?.end({ timeout: 1 })
  links?.close()
  await product?.stop()
  await redis?.stop()
  await database?.drop()
  rmSync(home, { recursive: true, force: true })
}, 60_000)

const headOn = async (page: Page): Promise<number> => {
  const tab = page.getByRole('navigation', { name: 'Views of the run' }).getByRole('link', { name: /Events/ })
  return Number((await tab.innerText()).replace(/\D/g, ''))
}

test('the heap of the page stays within what the events take', { timeout: 60 * 60_000 }, async () => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  const faults = faultsOf(page)
  await page.goto(product.url() + product.link())
  await page.goto(`${product.url()}/runs/${run.id}?tab=events`)
  await page.getByRole('listbox', { name: 'Events of the run' }).waitFor()
  const devtools = await page.context().newCDPSession(page)
  const look = async () => {
    await devtools.send('HeapProfiler.collectGarbage')
    return { bytes: (await devtools.send('Runtime.getHeapUsage')).usedSize, events: await headOn(page) }
  }
  const flowing = flow(run, perSecond)
  await page.waitForTimeout(30_000)
  const looks = [await look()]
  for (let minute = 0; minute < minutes; minute++) {
    await page.waitForTimeout(60_000)
    looks.push(await look())
  }
  const rate = await flowing.stop()
  const { bytes, events } = looks[0] ?? { bytes: 0, events: 0 }
  console.log(
    `${Math.round(rate)} events a second; ${looks.map(one => `${one.events}: ${Math.round(one.bytes / 1_048_576)} MiB`).join(', ')}`,
  )
  expect(rate).toBeGreaterThan(perSecond * 0.9)
  for (const [minute, one] of looks.slice(1).entries()) {
    expect(one.events, `after minute ${minute + 1}`).toBeGreaterThan(events + (minute + 1) * 60 * perSecond * 0.8)
    expect(one.bytes - bytes).toBeLessThan((one.events - events) * eventBytes + spareBytes)
  }
  expect(faults).toEqual([])
})
