/** Whether live data flows. A short cut heals by itself and is nobody's business; one that lasts is told. */
import { createSignal, type Signal } from './signal.ts'

export type Connection = {
  readonly up: boolean
  /** True once a cut has lasted for `patienceMs`. */
  readonly troubled: boolean
  /** When data last flowed, in milliseconds since 1970; null before the first connection. */
  readonly lastUp: number | null
}

export type ConnectionMonitor = Signal<Connection> & { opened(): void; closed(): void }

export const patienceMs = 3_000

export function createConnectionMonitor(now: () => number = Date.now): ConnectionMonitor {
  const signal = createSignal<Connection>({ up: false, troubled: false, lastUp: null })
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    ...signal,
    opened() {
      clearTimeout(timer)
      timer = undefined
      signal.set({ up: true, troubled: false, lastUp: now() })
    },
    closed() {
      if (timer !== undefined) return
      const before = signal.get()
      if (before.up) signal.set({ ...before, up: false, lastUp: now() })
      timer = setTimeout(() => signal.set({ ...signal.get(), troubled: true }), patienceMs)
    },
  }
}
