/** Where the command line writes: data to stdout, everything else to stderr. A test brings its own. */
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { createStyle, type Style } from './style.ts'

export type Screen = Writable & { isTTY?: boolean; columns?: number; rows?: number }

export type Output = {
  readonly isTerminal: boolean
  readonly style: Style
  /** Columns of a terminal; elsewhere there is no end to a line. */
  width(): number
  height(): number
  /** Resolves when there is room for more: a slow reader slows the writer down. */
  write(text: string | Uint8Array): Promise<void>
  line(text?: string): Promise<void>
}

/** What is typed, or piped in. */
export type Input = Readable & { isTTY?: boolean }

export type Terminal = { readonly out: Output; readonly err: Output; readonly input: Input | null }

export function createTerminal(
  stdout: Screen,
  stderr: Screen,
  env: Readonly<Record<string, string | undefined>>,
  input: Input | null = null,
): Terminal {
  return { out: createOutput(stdout, env), err: createOutput(stderr, env), input }
}

function createOutput(screen: Screen, env: Readonly<Record<string, string | undefined>>): Output {
  const isTerminal = screen.isTTY === true && env.TERM !== 'dumb'
  const write = async (text: string | Uint8Array) => {
    if (screen.destroyed || !screen.writable) return
    if (!screen.write(text)) await Promise.race([once(screen, 'drain'), once(screen, 'close')])
  }
  return {
    isTerminal,
    style: createStyle(wantsColour(isTerminal, env)),
    width: () => (isTerminal ? screen.columns || 80 : Number.POSITIVE_INFINITY),
    height: () => (isTerminal ? (screen.rows ?? 24) : Number.POSITIVE_INFINITY),
    write,
    line: (text = '') => write(`${text}\n`),
  }
}

/** https://no-color.org: NO_COLOR with any text switches colours off; FORCE_COLOR switches them on where there is no terminal. */
function wantsColour(isTerminal: boolean, env: Readonly<Record<string, string | undefined>>): boolean {
  if (env.NO_COLOR) return false
  return isTerminal || (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '' && env.FORCE_COLOR !== '0')
}
