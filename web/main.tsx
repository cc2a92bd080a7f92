/** Entry of the page: everything is made here, once, and handed down. */
import './ui/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App, createAppRouter } from './app.tsx'
import type { App as AppParts } from './lib/app-context.ts'
import { createArtifactBodies } from './lib/artifact-bodies.ts'
import { createHttpClient } from './lib/client.ts'
import { createClock } from './lib/clock.ts'
import { createConnectionMonitor } from './lib/connection.ts'
import { createInbox } from './lib/create-inbox.ts'
import { createLive } from './lib/live.ts'
import { createNotices } from './lib/notices.ts'
import { createPreferences, ownStorage } from './lib/preferences.ts'
import { createOutputStores, createRunStores } from './lib/run-stores.ts'
import { createShortcuts } from './lib/shortcuts.ts'
import { createSignal } from './lib/signal.ts'

const request = fetch.bind(globalThis)
const signedOut = createSignal(false)
const onSignedOut = () => signedOut.set(true)
const connection = createConnectionMonitor()
const live = createLive(`${location.origin.replace(/^http/, 'ws')}/graphql`, connection, onSignedOut)
const client = createHttpClient('/graphql', onSignedOut)

const parts: AppParts = {
  live,
  connection,
  signedOut,
  clock: createClock(),
  notices: createNotices(),
  shortcuts: createShortcuts(),
  preferences: createPreferences({ storage: ownStorage(), root: document.documentElement }),
  inbox: createInbox(live, client),
  runStore: createRunStores(live),
  outputStore: createOutputStores(live),
  artifactBody: createArtifactBodies(request),
  request,
}

const place = document.getElementById('root')
if (place === null) throw new Error('index.html has no #root')
createRoot(place).render(
  <StrictMode>
    <App parts={parts} client={client} router={createAppRouter()} />
  </StrictMode>,
)
