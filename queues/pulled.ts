/** Streams that are pulled: nothing is produced ahead of the consumer, so a slow one costs no memory. */

/** A stream that is pulled. `return()` ends it at once, also while a `next()` is waiting. */
export type Pulled<T> = AsyncIterableIterator<T>

/** Where a stream takes its values from. `next` gives undefined at the end, and soon after `close` was called. */
export type Source<T> = { next(): Promise<T | undefined>; close(): void }

/**
 * An iterator over a source. Calls of `next` are answered one after the other; after the end, an error or `return` the
 * source is closed. (An async generator will not do: its `return` waits for the value under way, which may never come.)
 */
export function pulled<T>(source: Source<T>): Pulled<T> {
  let over = false
  let queue: Promise<unknown> = Promise.resolve()
  const finish = () => {
    over = true
    source.close()
  }
  const step = async (): Promise<IteratorResult<T>> => {
    if (over) return { done: true, value: undefined }
    try {
      const value = await source.next()
      // Ended by `return` while the value was on its way: nobody wants it any more.
      if (value !== undefined && !over) return { done: false, value }
      if (!over) finish()
      return { done: true, value: undefined }
    } catch (error) {
      if (!over) finish()
      throw error
    }
  }
  return {
    next() {
      const result = queue.then(step)
      queue = result.catch(() => {})
      return result
    },
    async return() {
      if (!over) finish()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

/** A flag that one waiter can wait for. Raising it while nobody waits is remembered, once. */
export type Signal = {
  raise(): void
  /** Resolves, and lowers the flag, when it is raised; at the latest after so many milliseconds. */
  wait(ms?: number): Promise<void>
}

export function createSignal(): Signal {
  let raised = false
  let wake: (() => void) | null = null
  return {
    raise() {
      raised = true
      wake?.()
    },
    async wait(ms) {
      if (!raised) {
        await new Promise<void>(resolve => {
          const timer = ms === undefined ? undefined : setTimeout(resolve, ms)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      wake = null
      raised = false
    },
  }
}
