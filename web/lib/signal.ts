/** A value that changes, outside React. `useSyncExternalStore(signal.subscribe, signal.get)` reads it. */
export type Signal<T> = { get(): T; subscribe(listener: () => void): () => void }
export type WritableSignal<T> = Signal<T> & { set(value: T): void }

/** Setting the same value tells nobody. */
export function createSignal<T>(initial: T): WritableSignal<T> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return
      value = next
      for (const listener of [...listeners]) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
