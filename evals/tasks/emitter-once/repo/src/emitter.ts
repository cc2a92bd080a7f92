type Listener = (value: unknown) => void

export function createEmitter() {
  const listeners = new Map<string, Set<Listener>>()
  return {
    on(name: string, listener: Listener): () => void {
      const present = listeners.get(name) ?? new Set()
      listeners.set(name, present.add(listener))
      return () => void present.delete(listener)
    },
    emit(name: string, value: unknown): number {
      const present = listeners.get(name) ?? new Set()
      for (const listener of present) listener(value)
      return present.size
    },
  }
}
