/**
 * Every environment variable that the server knows, declared once. `docs/configuration.md` shows the same table; a test
 * holds the two together.
 */
import { availableParallelism } from 'node:os'
import { z } from 'zod'

/** One variable: how its text becomes a value, and what people are told about it. */
export type Variable<Value> = {
  schema: z.ZodType<Value, string>
  /** What the text must be, to follow "must be". */
  expected: string
  /** As one would write the variable; null where it may be absent, and the value then is null. */
  fallback: string | null
  about: string
  /** Its text may hold a password and is never shown. */
  secret: boolean
}

type Kind<Value> = Pick<Variable<Value>, 'schema' | 'expected'>

const variable = <Value>(kind: Kind<Value>, fallback: string, about: string): Variable<Value> => ({
  ...kind,
  fallback,
  about,
  secret: false,
})

const optional = <Value>({ schema, expected }: Kind<Value>, about: string, secret = false): Variable<Value | null> => ({
  schema: schema as z.ZodType<Value | null, string>,
  expected,
  fallback: null,
  about,
  secret,
})

const whole = (least: number, most: number): Kind<number> => ({
  schema: z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(least).max(most)),
  expected: `a whole number from ${least} to ${most}`,
})

const oneOf = <const Word extends string>(...words: readonly [Word, ...Word[]]): Kind<Word> => ({
  schema: z.enum(words) as unknown as z.ZodType<Word, string>,
  expected: `one of ${words.join(', ')}`,
})

const url = (protocols: readonly string[], example: string): Kind<string> => ({
  schema: z.string().refine(text => URL.canParse(text) && protocols.includes(new URL(text).protocol)),
  expected: `an address such as ${example}`,
})

const template = (example: string): Kind<string> => ({
  schema: z.string().refine(text => {
    const filled = text.replaceAll(/\{(query|key)\}/g, 'x')
    return text.includes('{query}') && URL.canParse(filled) && /^https?:$/.test(new URL(filled).protocol)
  }),
  expected: `an address with {query} in it, such as ${example}`,
})

const listOf = (pattern: RegExp, examples: string): Kind<readonly string[]> => ({
  schema: z
    .string()
    .transform(text => text.split(',').map(each => each.trim().toLowerCase()))
    .pipe(z.array(z.string().regex(pattern))),
  expected: `${examples}, separated by commas`,
})

const text = (expected: string): Kind<string> => ({ schema: z.string(), expected })

const secretOf = (least: number): Kind<string> => ({
  schema: z.string().regex(new RegExp(`^[\\w.~+/=-]{${least},200}$`)),
  expected: `${least} to 200 letters, digits or any of -._~+/=`,
})

const host = /^(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d{1,5})?$/
const origin = /^https?:\/\/(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d{1,5})?$/

/** By host, lower-case. */
const credentials: Kind<ReadonlyMap<string, string>> = {
  schema: z
    .string()
    .transform(text => text.split(',').map(each => each.trim()))
    .pipe(z.array(z.string().regex(/^[A-Za-z0-9.-]+(:\d{1,5})?=[^:\s,]+:[^\s,]+$/)))
    .transform(all => new Map(all.map(each => split(each)))),
  expected: 'credentials such as github.com=robot:token, separated by commas',
}

function split(entry: string): [host: string, credentials: string] {
  const at = entry.indexOf('=')
  return [entry.slice(0, at).toLowerCase(), entry.slice(at + 1)]
}

/** In the order in which the documentation shows them. */
export const variables = {
  PORT: variable(whole(0, 65_535), '4000', 'Port of the page and the API. 0 takes any free one.'),
  HOST: variable(
    text('a host name or an address'),
    '127.0.0.1',
    'Address to listen on. `0.0.0.0` opens it to the network.',
  ),
  ORRERY_URL: optional(
    url(['http:', 'https:'], 'https://orrery.example.com'),
    'Where people reach it, for links and for the checks of origin and host. Made of HOST and PORT unless told. The command line connects to it.',
  ),
  ORRERY_ALLOWED_ORIGINS: optional(
    listOf(origin, 'origins such as https://tools.example.com'),
    'Further origins whose pages may call the API.',
  ),
  ORRERY_ALLOWED_HOSTS: optional(
    listOf(host, 'hosts such as orrery.example.com or 10.0.0.5:4000'),
    'Further names that a request may carry as its `Host`.',
  ),
  DATABASE_URL: optional(
    url(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/orrery'),
    'Postgres. Without it, an embedded one is started.',
    true,
  ),
  ORRERY_DATABASE_POOL: variable(whole(2, 200), '10', 'Connections to Postgres that one process holds at most.'),
  REDIS_URL: optional(
    url(['redis:', 'rediss:'], 'redis://:password@host:6379'),
    'Redis, 6.2 or newer. Without it, one is found or fetched, and started.',
    true,
  ),
  ORRERY_DATA: variable(
    text('a directory'),
    '.orrery',
    'Where the embedded servers and `credentials.json` are kept; from the working directory, unless absolute.',
  ),
  ORRERY_ROLE: variable(
    oneOf('all', 'api', 'worker'),
    'all',
    'What this process does: answer requests, do tasks, or both.',
  ),
  ORRERY_WORKER_CONCURRENCY: variable(whole(1, 1_024), '16', 'Tasks at the same time in this process, of all kinds.'),
  ORRERY_SANDBOX_CONCURRENCY: variable(
    whole(1, 256),
    String(Math.max(2, availableParallelism())),
    'Of these, tasks that run code. The default is the number of cores, at least 2.',
  ),
  ORRERY_PROJECT_CONCURRENCY: variable(
    whole(1, 10_000),
    '32',
    'Tasks of one project at the same time, over all processes.',
  ),
  ORRERY_LEASE_MS: variable(
    whole(1_000, 600_000),
    '15000',
    'How long a worker that is silent keeps its tasks, in milliseconds.',
  ),
  ORRERY_HEARTBEAT_MS: variable(
    whole(100, 60_000),
    '1000',
    'How often a worker renews its leases, in milliseconds; at most a third of ORRERY_LEASE_MS.',
  ),
  ORRERY_POLL_MS: variable(
    whole(50, 60_000),
    '2000',
    'How often due work is looked for when nothing rings, in milliseconds.',
  ),
  ORRERY_DRAIN_MS: variable(
    whole(0, 600_000),
    '10000',
    'How long running tasks may go on after Ctrl-C, in milliseconds. The next start takes up what is unfinished then.',
  ),
  ORRERY_GIT_HOSTS: variable(
    listOf(host, 'hosts such as github.com or git.example.com:8443'),
    'github.com,gitlab.com,bitbucket.org,codeberg.org',
    'Hosts that repositories may be fetched from, and that branches may be pushed to.',
  ),
  ORRERY_GIT_CREDENTIALS: optional(
    credentials,
    'As whom branches are pushed: `host=user:token`, separated by commas. Used only for what a person has approved.',
    true,
  ),
  ORRERY_MODELS: optional(
    text('the path of a JSON file'),
    'A JSON file of your own providers and models, over those that keys make available.',
  ),
  ORRERY_FETCH_HOSTS: optional(
    listOf(host, 'hosts such as www.postgresql.org or docs.example.com:8443'),
    'Hosts whose pages agents may fetch. Without any, they have no `fetch`.',
  ),
  ORRERY_SEARCH_URL: optional(
    template('https://search.example.com/search?format=json&q={query}'),
    'A search engine that answers in JSON: a list of `title`, `url` and `snippet` (or `content`, `description`), bare or as `results` or `web.results`. Without it, agents have no `web_search`.',
    true,
  ),
  ORRERY_SEARCH_KEY: optional(
    secretOf(1),
    'Its key, sent as `Authorization: Bearer`, or where `{key}` stands in ORRERY_SEARCH_URL.',
    true,
  ),
  ORRERY_BODY_BYTES: variable(whole(1_024, 16_777_216), '102400', 'Largest body of a request, in bytes.'),
  ORRERY_EXECUTION_MS: variable(whole(100, 600_000), '10000', 'Longest execution of a request, in milliseconds.'),
  ORRERY_COST_PER_MINUTE: variable(
    whole(1_000, 1_000_000_000),
    '200000',
    'Sum of the costs of all requests of one key in a minute; each answer tells its own in `extensions.cost`.',
  ),
  ORRERY_SUBSCRIPTIONS_PER_SOCKET: variable(whole(1, 1_000), '20', 'Subscriptions on one WebSocket.'),
  ORRERY_SOCKETS_PER_KEY: variable(whole(1, 10_000), '50', 'WebSockets of one key.'),
  ORRERY_STREAM_HEARTBEAT_MS: variable(
    whole(500, 60_000),
    '10000',
    'How often a subscription on which nothing happens says so, in milliseconds.',
  ),
  ORRERY_METRICS_TOKEN: optional(
    secretOf(20),
    'Opens `/metrics` and nothing else, for Prometheus. Without it, `/metrics` takes a key.',
    true,
  ),
  ORRERY_LOG_LEVEL: variable(
    oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    'info',
    'The least important lines that are logged.',
  ),
}

export type VariableName = keyof typeof variables

/** Read by the command line alone: known here, so that they count as no typos. */
export const variablesOfOthers: readonly string[] = ['ORRERY_KEY']

/** What each variable was read as. */
export type Values = { [Name in VariableName]: (typeof variables)[Name] extends Variable<infer Value> ? Value : never }
