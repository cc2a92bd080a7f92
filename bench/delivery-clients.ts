/** Many subscribers in one process, on one socket each. They count what arrives; what it says is read afterwards. */
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { answer } from './delivery-process.ts'

export type Opening = {
  url: string
  sockets: number
  /** Of the protocol graphql-transport-ws. */
  init: object
  subscribe: object
  /** Keeps every message and when it arrived, rather than the first two. */
  keep: boolean
}

/** What came over one socket: the seqs in the order of their arrival, and when, in milliseconds of the machine's monotonic clock. */
export type Arrivals = { seqs: number[]; at: number[] }

type Subscriber = { socket: WebSocket; batches: number; kept: { at: number; data: Buffer }[] }

const subscribers: Subscriber[] = []
/** Sockets that are opened at once. */
const openingAtOnce = 50
let target = 0
let missing = 0
let reached = () => {}

async function open({ sockets, ...opening }: Opening): Promise<void> {
  while (subscribers.length < sockets)
    await Promise.all(
      Array.from({ length: Math.min(openingAtOnce, sockets - subscribers.length) }, () => join(opening)),
    )
}

/** Resolves with the first message of the subscription. */
const join = ({ url, init, subscribe, keep }: Omit<Opening, 'sockets'>): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false })
    const subscriber: Subscriber = { socket, batches: 0, kept: [] }
    subscribers.push(subscriber)
    socket.once('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: init })))
    socket.once('close', (code, reason) => reject(new Error(`closed with ${code} ${reason}`)))
    socket.once('error', reject)
    socket.once('message', () => {
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: subscribe }))
      socket.once('message', data => {
        if (!String(data).includes('"type":"next"')) reject(new Error(String(data)))
        resolve()
      })
      socket.on('message', data => take(subscriber, data as Buffer, keep))
    })
  })

function take(subscriber: Subscriber, data: Buffer, keep: boolean): void {
  // Heartbeats do not count.
  if (data.includes('"events":[]')) return
  if (keep || subscriber.kept.length < 2) subscriber.kept.push({ at: Number(process.hrtime.bigint()) / 1e6, data })
  if (++subscriber.batches === target && --missing === 0) reached()
}

/** Resolves when every subscriber has had so many batches of events. Throws where one had more, which it must not have. */
const received = (batches: number): Promise<void> =>
  new Promise((resolve, reject) => {
    if (subscribers.some(one => one.batches > batches)) return reject(new Error(`more than ${batches} batches arrived`))
    target = batches
    missing = subscribers.filter(one => one.batches < batches).length
    reached = resolve
    if (missing === 0) resolve()
  })

/** Resolves when every subscriber has had the event. */
async function seen(seq: number): Promise<void> {
  const last = ({ kept }: Subscriber) => seqsOf(kept.at(-1)?.data).at(-1) ?? 0
  while (!subscribers.every(one => last(one) >= seq)) await sleep(20)
}

const arrivals = (): Arrivals[] =>
  subscribers.map(({ kept }) => {
    const all = kept.flatMap(({ at, data }) => seqsOf(data).map(seq => ({ seq, at })))
    return { seqs: all.map(({ seq }) => seq), at: all.map(({ at }) => at) }
  })

/** The first messages with events, as they came. */
const samples = (): string[] => subscribers[0]?.kept.map(({ data }) => String(data)) ?? []

function seqsOf(message: Buffer | undefined): number[] {
  if (message === undefined) return []
  const { payload } = JSON.parse(String(message)) as {
    payload: { data: { runEvents: { events: { seq: number }[] } } }
  }
  return payload.data.runEvents.events.map(({ seq }) => seq)
}

answer({ open, received, seen, arrivals, samples })
