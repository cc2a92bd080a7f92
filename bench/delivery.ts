/**
 * Delivery as subscribers see it: what an event costs a server that a thousand of them follow, and how long after its
 * commit it reaches them. The server, its subscribers and the writer are processes of their own.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { EventStore } from '../db/store.ts'
import type { Arrivals, Opening } from './delivery-clients.ts'
import { type BenchProcess, startProcess } from './delivery-process.ts'
import { type Product, startProduct } from './delivery-product.ts'
import { compare, median, withServices } from './harness.ts'

/** A server with subscribers, who have had `said` batches so far. */
type Audience = { server: BenchProcess; clients: BenchProcess; say(index: number): Promise<unknown>; said: number }

const many = 1_000
const some = 50

/** Messages delivered per second of CPU that the server used. The next batch comes when all have the one before. */
async function perCpuSecond(audience: Audience, batches: number): Promise<number> {
  const { server, clients, say } = audience
  const before = await server.cpu()
  for (let batch = 0; batch < batches; batch++) {
    await say(audience.said)
    audience.said += 1
    await clients.ask('received', audience.said)
  }
  return (batches * many) / ((await server.cpu()) - before)
}

async function gather(server: BenchProcess, opening: Opening, say: Audience['say']): Promise<Audience> {
  const clients = startProcess('./delivery-clients.ts')
  await clients.ask('open', opening)
  return { server, clients, say, said: 0 }
}

async function fanOut(product: Product): Promise<void> {
  const talk = await product.talk(product.store)
  const opening = {
    sockets: many,
    init: { authorization: `Bearer ${product.key}` },
    subscribe: talk.subscribe,
    keep: false,
  }
  const url = (port: number) => `ws://127.0.0.1:${port}/graphql`
  const own = await gather(product.server, { ...opening, url: url(product.port) }, talk.say)
  // Two batches, of which the second ends the call that the first began: the sizes that all servers send.
  await perCpuSecond(own, 2)
  const samples = await own.clients.ask<string[]>('samples')
  const heartbeat = '{"id":"1","type":"next","payload":{"data":{"runEvents":{"status":"LIVE","head":1,"events":[]}}}}'
  const shown = (message: string) => JSON.parse(message).payload.data.runEvents

  const raw = startProcess('./delivery-raw.ts')
  const rawPort = await raw.ask<number>('listen', { heartbeat, messages: samples })
  const bare = await gather(raw, { ...opening, url: url(rawPort) }, index => raw.ask('say', index))
  const stock = startProcess('./delivery-stock.ts')
  const stockPort = await stock.ask<number>('listen', { heartbeat: shown(heartbeat), batches: samples.map(shown) })
  const usual = await gather(stock, { ...opening, url: url(stockPort) }, index => stock.ask('say', index))

  await compare({
    name: `fan-out to ${many.toLocaleString('en')} equal subscribers over raw ws`,
    unit: 'messages per CPU second',
    bound: { kind: 'at least', ratio: 0.6 },
    subject: () => perCpuSecond(own, 50),
    floor: () => perCpuSecond(bare, 50),
  })
  await compare({
    name: `fan-out to ${many.toLocaleString('en')} equal subscribers over stock graphql-yoga with graphql-ws`,
    unit: 'messages per CPU second',
    bound: { kind: 'at least', ratio: 5 },
    subject: () => perCpuSecond(own, 50),
    floor: () => perCpuSecond(usual, 10),
  })
  await Promise.all([bare, usual].flatMap(({ server, clients }) => [server.stop(), clients.stop()]))
  await own.clients.stop()
  await talk.close()
}

const perSecond = 1_000
const flowSeconds = 3
/** What has piled up is there seconds later; what is under way is not. */
const backlogMs = 250
/** Milliseconds of the machine's monotonic clock, which all processes share. */
const now = (): number => Number(process.hrtime.bigint()) / 1e6

type Flow = { commitMs: number; deliveryMs: number; lastMs: number; perSecond: number }

/** One run that goes at a steady pace, and how long after the commit of each event each subscriber has it. */
async function flow(product: Product): Promise<Flow> {
  const commits: number[] = []
  const committedAt = new Map<number, number>()
  const store: EventStore = {
    ...product.store,
    async append(batch) {
      const beganAt = now()
      const results = await product.store.append(batch)
      const endedAt = now()
      commits.push(endedAt - beganAt)
      for (const { events } of batch) for (const { seq } of events) committedAt.set(seq, endedAt)
      return results
    },
  }
  const talk = await product.talk(store)
  const first = talk.head() + 1
  const clients = startProcess('./delivery-clients.ts')
  await clients.ask('open', {
    url: `ws://127.0.0.1:${product.port}/graphql`,
    sockets: some,
    init: { authorization: `Bearer ${product.key}` },
    subscribe: talk.subscribe,
    keep: true,
  } satisfies Opening)
  commits.length = 0
  const tookMs = await talkSteadily(talk.say)
  const lastAt = committedAt.get(talk.head()) ?? Number.NaN
  await clients.ask('seen', talk.head())
  const arrivals = await clients.ask<Arrivals[]>('arrivals')
  await clients.stop()
  await talk.close()
  for (const { seqs } of arrivals)
    if (seqs.length !== perSecond * flowSeconds || seqs.some((seq, index) => seq !== first + index))
      throw new Error(`a subscriber had ${seqs.length} events, not all of them or not in order`)
  const delays = arrivals.flatMap(({ seqs, at }) => at.map((ms, i) => ms - (committedAt.get(seqs[i] ?? 0) ?? 0)))
  return {
    commitMs: median(commits),
    deliveryMs: median(delays),
    lastMs: Math.max(...arrivals.map(({ at }) => at.at(-1) ?? Number.NaN)) - lastAt,
    perSecond: (perSecond * flowSeconds * 1_000) / tookMs,
  }
}

/** Says everything at its time, whether or not what was said before is committed. Milliseconds until all is. */
async function talkSteadily(say: () => Promise<unknown>): Promise<number> {
  const beganAt = now()
  const said: Promise<unknown>[] = []
  while (said.length < perSecond * flowSeconds) {
    const due = Math.min(perSecond * flowSeconds, ((now() - beganAt) * perSecond) / 1_000)
    while (said.length < due) said.push(say())
    await sleep(2)
  }
  await Promise.all(said)
  return now() - beganAt
}

async function steadyFlow(product: Product): Promise<void> {
  const flows: Flow[] = []
  await compare({
    name: `${perSecond.toLocaleString('en')} events/s to ${some} subscribers, commit to client over the commit, p50`,
    unit: 'ms',
    bound: { kind: 'at most', ratio: 3 },
    floor: async () => {
      flows.push(await flow(product))
      return flows.at(-1)?.commitMs ?? Number.NaN
    },
    subject: async () => flows.at(-1)?.deliveryMs ?? Number.NaN,
  })
  const lastMs = median(flows.map(one => one.lastMs))
  const kept = lastMs <= backlogMs
  if (!kept) process.exitCode = 1
  console.log(
    `${kept ? 'ok  ' : 'MISS'} nothing piles up: every subscriber had the last event ${Math.round(lastMs)} ms after its commit (at most ${backlogMs}) · ${Math.round(median(flows.map(one => one.perSecond)))} events/s, each to each and in order`,
  )
}

await withServices(async bench => {
  const product = await startProduct(bench)
  try {
    await fanOut(product)
    await steadyFlow(product)
  } finally {
    await product.stop()
  }
})
