/** What every command is given. */
import type { Client } from './client.ts'
import type { Connection } from './connection.ts'
import type { Terminal } from './terminal.ts'

export type Context = {
  readonly terminal: Terminal
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Looked up anew each time: a server that was restarted may be at another address. Throws CliError. */
  connection(): Connection
  client(): Client
  /** Aborted by the first Ctrl-C while `work` goes on; the second one ends the process. */
  untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>
}

/** How data are written to stdout. */
export type Format = 'text' | 'json' | 'jsonl'
export type FormatOptions = { json?: boolean; jsonl?: boolean }

export const formatOf = ({ json, jsonl }: FormatOptions): Format => (jsonl ? 'jsonl' : json ? 'json' : 'text')
