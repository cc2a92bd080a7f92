/**
 * One Postgres and one Redis for a whole test run, kept under `.orrery/test` so that the next run starts in a tenth of a
 * second, and shared by runs at the same time. Nothing in them is synced to disk.
 */
import type { TestProject } from 'vitest/node'
import { prepareTemplate } from '../db/testing.ts'
import '../queues/testing.ts'
import { startPostgres } from '../server/embedded/postgres.ts'
import { startRedis } from '../server/embedded/redis.ts'
import { inCheckout } from '../setup/checkout.mjs'
import { preparePostgres } from '../setup/postgres.mjs'

const log = { info: () => {}, warn: (text: string) => console.warn(text) }

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  preparePostgres()
  const options = { dataDir: inCheckout('.orrery', 'test'), durable: false, log }
  const started: { stop(): Promise<void> }[] = []
  const stopAll = async () => {
    await Promise.all(started.map(each => each.stop()))
  }
  try {
    const postgres = await startPostgres(options)
    started.push(postgres)
    const redis = await startRedis(options)
    if (redis) started.push(redis)
    const template = await prepareTemplate(postgres.url, { alone: postgres.alone() })
    project.provide('postgres', { url: postgres.url, template })
    project.provide('redis', redis && { url: redis.url })
    return stopAll
  } catch (error) {
    await stopAll()
    throw error
  }
}
