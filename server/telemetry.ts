/** What operators are told: a log, and numbers for Prometheus. */
import { pino } from 'pino'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

type Say = { (text: string): void; (fields: object, text: string): void }
export type Log = { debug: Say; info: Say; warn: Say; error: Say }

export type LogOptions = {
  level: string /** Lines for people; JSON otherwise. */
  readable: boolean
  write?: (text: string) => void
}

/** Passwords and keys in addresses and headers never reach a log, also not inside the message of an error. */
const secrets = [
  /(:\/\/[^:@/\s]*:)[^@/\s]+(?=@)/g,
  /(orr_[a-z]+_[0-9A-Za-z]{12}_)[0-9A-Za-z]{38}/g,
  /(token=)[\w-]{20,}/g,
  /(Bearer +)\S+/gi,
]
export const withoutSecrets = (text: string): string =>
  secrets.reduce((safe, secret) => safe.replace(secret, '$1…'), text)

export function createLog({ level, readable, write = text => process.stdout.write(text) }: LogOptions): Log {
  const destination = { write: (line: string) => write(withoutSecrets(readable ? forPeople(line) : line)) }
  return pino({ level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"` }, destination)
}

const names: Readonly<Record<number, string>> = { 20: 'debug', 30: '', 40: 'warning ', 50: 'error ', 60: 'error ' }

/** `12:03:01 warning Redis went away {"reason":"…"}`. */
function forPeople(line: string): string {
  const { level, time, msg, err, ...fields } = JSON.parse(line) as {
    level: number
    time: string
    msg: string
    err?: { stack?: string }
  }
  const rest = Object.keys(fields).length > 0 ? ` ${JSON.stringify(fields)}` : ''
  return `${time.slice(11, 19)} ${names[level] ?? ''}${msg ?? ''}${rest}\n${err?.stack === undefined ? '' : `${err.stack}\n`}`
}

export type Metrics = ReturnType<typeof createMetrics>

/** Numbers of one app, in a registry of its own. */
export function createMetrics({ ofProcess }: { /** Those of the whole process too. */ ofProcess: boolean }) {
  const registry = new Registry()
  const registers = [registry]
  if (ofProcess) collectDefaultMetrics({ register: registry })
  return {
    requests: new Histogram({
      name: 'orrery_http_request_seconds',
      help: 'Answers over HTTP, until their first byte.',
      labelNames: ['route', 'status'],
      buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
      registers,
    }),
    operations: new Counter({
      name: 'orrery_graphql_operations_total',
      help: 'Operations, by how they ended.',
      labelNames: ['kind', 'outcome'],
      registers,
    }),
    delivered: new Counter({
      name: 'orrery_stream_messages_total',
      help: 'Batches of run events that were sent to watchers over WebSocket.',
      registers,
    }),
    masked: new Counter({
      name: 'orrery_masked_errors_total',
      help: 'Errors that nobody was prepared for.',
      registers,
    }),
    /** A number that is read whenever somebody looks. */
    watch(name: string, help: string, read: () => number): void {
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read())
        },
      })
    },
    /** In the text format of Prometheus. */
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
