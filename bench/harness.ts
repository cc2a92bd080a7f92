/**
 * What all benchmarks share: a durable Postgres of their own, and figures as a ratio to a floor that is taken in the same
 * run. A machine that is busy slows both down; the ratio stays.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type Sql } from '../db/connect.ts'
import { migrate } from '../db/migrate.ts'
import { startPostgres } from '../server/embedded/postgres.ts'
import { startRedis } from '../server/embedded/redis.ts'
import { preparePostgres } from '../setup/postgres.mjs'

export type Bench = { url: string; sql: Sql; dataDir: string }

/** Runs `work` with a fresh, migrated Postgres that syncs its log to disk, and a table `bare` with the columns of `events` and their primary key, to take floors from. */
export async function withPostgres(work: (bench: Bench) => Promise<void>): Promise<void> {
  preparePostgres()
  const dataDir = mkdtempSync(join(tmpdir(), 'orrery-bench-'))
  // The account that Postgres runs under must be able to enter it.
  chmodSync(dataDir, 0o755)
  const postgres = await startPostgres({ dataDir, durable: true, log: { info: () => {}, warn: console.warn } })
  const sql = connect(postgres.url, { max: 40 })
  try {
    await migrate(postgres.url)
    const owner = connect(postgres.url, { role: null, max: 1 })
    await owner`create table bare (like events, primary key (run_id, seq))`
    await owner`alter table bare alter transaction drop not null`
    await owner`grant all on bare to orrery_engine`
    await owner.end()
    await work({ url: postgres.url, sql, dataDir })
  } finally {
    await sql.end({ timeout: 2 })
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** `withPostgres`, and a Redis of its own beside it, at `redisUrl`. */
export async function withServices(work: (bench: Bench & { redisUrl: string }) => Promise<void>): Promise<void> {
  await withPostgres(async bench => {
    const redis = await startRedis({ dataDir: bench.dataDir, log: { info: () => {}, warn: console.warn } })
    if (redis === null) throw new Error('there is no Redis on this machine; `npm run setup` fetches one')
    try {
      await work({ ...bench, redisUrl: redis.url })
    } finally {
      await redis.stop()
    }
  })
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** The p-th percentile (0 … 1). */
export const percentile = (values: readonly number[], p: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * p))] ?? Number.NaN

/** Seconds that `work` takes. */
export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1_000
}

export type Comparison = {
  name: string
  /** What is compared with what, for example `events/s over rows/s`. */
  unit: string
  /** `at least`: more is better · `at most`: less is better. */
  bound: { kind: 'at least' | 'at most'; ratio: number }
  subject: () => Promise<number>
  floor: () => Promise<number>
  /** Three unless told; more where a round is short, and the machine's speed changes from one to the next. */
  rounds?: number
}

/** Takes subject and floor in turn, several times after a warm-up, and prints the medians and the median of the ratios. */
export async function compare({ name, unit, bound, subject, floor, rounds: count = 3 }: Comparison): Promise<boolean> {
  await floor()
  await subject()
  const rounds: { subject: number; floor: number }[] = []
  for (let round = 0; round < count; round++) rounds.push({ floor: await floor(), subject: await subject() })
  const ratio = median(rounds.map(one => one.subject / one.floor))
  const reached = bound.kind === 'at least' ? ratio >= bound.ratio : ratio <= bound.ratio
  const figure = (value: number) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3))
  const medians = `${figure(median(rounds.map(one => one.subject)))} against ${figure(median(rounds.map(one => one.floor)))} ${unit}`
  console.log(
    `${reached ? 'ok  ' : 'MISS'} ${name}: ratio ${ratio.toFixed(2)} (${bound.kind} ${bound.ratio}) · ${medians}`,
  )
  if (!reached) process.exitCode = 1
  return reached
}
