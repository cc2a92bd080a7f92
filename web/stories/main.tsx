/**
 * The page on made-up histories, without a server: `/stories/?history=running&at=/runs/…`. `rate` plays it live, that many
 * events a second, after the first `ready` events. It is not part of the build.
 */
import '../ui/base.css'
import { createMemoryHistory } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { App, createAppRouter } from '../app.tsx'
import { createHttpClient } from '../lib/client.ts'
import { createClock } from '../lib/clock.ts'
import { createInbox } from '../lib/create-inbox.ts'
import { createNotices } from '../lib/notices.ts'
import { createPreferences, ownStorage } from '../lib/preferences.ts'
import { createOutputStores, createRunStores } from '../lib/run-stores.ts'
import { createShortcuts } from '../lib/shortcuts.ts'
import { createSignal } from '../lib/signal.ts'
import { bodyOf } from './bodies.ts'
import { changeBodyOf } from './change.ts'
import { createBodyFetch } from './event-bodies.ts'
import { type HistoryName, histories } from './histories.ts'
import { createStoryFetch, createStoryLive, storyRunId } from './twins.ts'

const query = new URLSearchParams(location.search)
const number = (name: string) => Number(query.get(name) ?? 0)
const name = (query.get('history') ?? 'running') as HistoryName
const events = histories[name]()
const head = number('rate') === 0 ? events.length : number('ready')
const live = createStoryLive(events, { rate: number('rate'), ready: number('ready') })
const client = createHttpClient('/none', () => {}, createStoryFetch(events, { empty: query.has('empty'), head }))
const last = events.at(-1)?.at ?? 0

const router = createAppRouter(
  createMemoryHistory({ initialEntries: [(query.get('at') ?? `/runs/${storyRunId}`).replace('{run}', storyRunId)] }),
)
const parts = {
  live,
  connection: createSignal({
    up: !query.has('offline'),
    troubled: query.has('offline'),
    lastUp: query.has('offline') ? Date.now() - 130_000 : null,
  }),
  signedOut: createSignal(query.has('signed-out')),
  // Seen right after its last event, whenever one looks. Lists are made for now.
  clock: query.get('at')?.includes('/runs/') === false ? createClock() : createClock(() => last + 1_400),
  notices: createNotices(),
  shortcuts: createShortcuts(),
  preferences: createPreferences({ storage: ownStorage(), root: document.documentElement }),
  inbox: createInbox(live, client),
  runStore: createRunStores(live),
  outputStore: createOutputStores(live),
  artifactBody: async (id: string) => changeBodyOf(id) ?? bodyOf(id),
  request: createBodyFetch(),
}

const place = document.getElementById('root')
if (place !== null) createRoot(place).render(<App parts={parts} client={client} router={router} />)
