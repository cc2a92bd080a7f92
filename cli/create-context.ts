import { createClient } from './client.ts'
import { findConnection } from './connection.ts'
import type { Context } from './context.ts'
import type { Streams } from './program.ts'
import { createTerminal } from './terminal.ts'

export function createContext({ stdout, stderr, env, cwd, stdin }: Streams): Context {
  const connection = () => findConnection({ env, cwd: cwd() })
  return {
    terminal: createTerminal(stdout, stderr, env, stdin ?? null),
    env,
    cwd: cwd(),
    now: Date.now,
    connection,
    client: () => createClient(connection()),
    async untilInterrupted(work) {
      const controller = new AbortController()
      const interrupt = () => controller.abort()
      process.once('SIGINT', interrupt)
      process.once('SIGTERM', interrupt)
      try {
        return await work(controller.signal)
      } finally {
        process.off('SIGINT', interrupt)
        process.off('SIGTERM', interrupt)
      }
    },
  }
}
