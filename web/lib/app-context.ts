/** What every part of the page may use, made once in `main.tsx` (and, with twins, in the stories). */
import { createContext, useContext } from 'react'
import type { InboxStore } from './approvals.ts'
import type { Connection } from './connection.ts'
import type { Live } from './live.ts'
import type { Notices } from './notices.ts'
import type { OutputView } from './output-store.ts'
import type { Preferences } from './preferences.ts'
import type { RunStore } from './run-store.ts'
import type { ShortcutRegistry } from './shortcuts.ts'
import type { Signal } from './signal.ts'

export type App = {
  readonly live: Live
  readonly connection: Signal<Connection>
  /** Whether the server said that nobody is signed in. */
  readonly signedOut: Signal<boolean>
  readonly clock: Signal<number>
  readonly notices: Notices
  readonly shortcuts: ShortcutRegistry
  readonly preferences: Preferences
  /** What people are asked, over all runs. */
  readonly inbox: InboxStore
  /** The store of a run, by its global id; one and the same for everybody who asks. */
  runStore(runId: string): RunStore
  /** The live output of a task. */
  outputStore(runId: string, taskIndex: number): Signal<OutputView>
  /** Bytes of an artifact, by its global id. Rejects with an Error that says why. */
  artifactBody(artifactId: string): Promise<Uint8Array>
  /** Asks the server for what is not part of its API: what is kept beside events. */
  readonly request: typeof fetch
}

const AppContext = createContext<App | null>(null)
export const AppProvider = AppContext.Provider

export function useApp(): App {
  const app = useContext(AppContext)
  if (app === null) throw new Error('AppProvider is missing above this component')
  return app
}
