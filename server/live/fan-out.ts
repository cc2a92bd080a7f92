/**
 * One run, many watchers who ask for the same: an event is executed and serialised once for all of them, and then only
 * framed for each socket. A watcher reads by itself until it stands where the others stand; one that cannot keep up reads
 * by itself again, so that nobody waits for it and nothing piles up for it.
 *
 *             at the group's position                    more than 1 MiB unsent: LAGGED
 *   ALONE ──────────────────────────────▶ TOGETHER ──────────────────────────────────────▶ ALONE
 *     │                                       │
 *     └──────────▶ LEFT: ended, failed, unsubscribed ◀──┘
 */
import type { ExecutionResult } from 'graphql'
import type { Batch } from '../../queues/batch.ts'
import type { Followers } from '../../queues/followers.ts'
import type { Pulled } from '../../queues/pulled.ts'
import type { ResultStream } from '../execution.ts'

/** A socket, as far as one subscription on it is concerned. */
export type Outlet = {
  /** Sends a result, given as JSON in UTF-8. Resolves when the kernel has it. */
  send(json: Uint8Array): Promise<void>
  /** The same without waiting, and without telling. */
  push(json: Uint8Array): void
  /** Bytes that were sent and that the kernel does not have yet. */
  unsent(): number
}

/** What a watcher asks for. Watchers with equal `key` get equal results. */
export type Watch = { key: string; runId: string; after: number; execute: (batch: Batch) => Promise<ExecutionResult> }

export interface FanOut {
  /** Delivers to the outlet until the run has ended. What is iterated is only the end, and the errors that led to it. */
  watch(watch: Watch, outlet: Outlet): ResultStream
  /** Groups now, and watchers in them that are together. */
  state(): { groups: number; together: number }
}

/** Unsent bytes beyond which a watcher is on its own. */
const maxUnsent = 1024 * 1024

type Watcher = {
  outlet: Outlet
  position: number
  own: Pulled<Batch> | null
  finish: (result?: ExecutionResult) => void
  left: boolean
}
type Group = {
  watchers: number
  together: Set<Watcher>
  /** The seq up to which those that are together have everything. */
  position: number
  shared: Pulled<Batch> | null
  /** Results as JSON, once per batch. Batches that are live are the same object for everybody who follows the run. */
  json: WeakMap<Batch, Promise<Uint8Array>>
}

export type FanOutDeps = {
  followers: Followers
  failed: (error: unknown) => ExecutionResult
  onDelivered?: (messages: number) => void
}

export function createFanOut({ followers, failed, onDelivered = () => {} }: FanOutDeps): FanOut {
  const groups = new Map<string, Group>()

  const join = (key: string): Group => {
    const group = groups.get(key) ?? {
      watchers: 0,
      together: new Set(),
      position: 0,
      shared: null,
      json: new WeakMap(),
    }
    groups.set(key, group)
    group.watchers++
    return group
  }

  const jsonOf = (group: Group, { execute }: Watch, batch: Batch): Promise<Uint8Array> => {
    const known = group.json.get(batch)
    if (known !== undefined) return known
    const json = execute(batch).then(result => Buffer.from(JSON.stringify(result)))
    group.json.set(batch, json)
    return json
  }

  /** Reads for one watcher until it stands where the group stands. */
  const alone = async (group: Group, watch: Watch, watcher: Watcher) => {
    const own = followers.follow(watch.runId, watcher.position)
    watcher.own = own
    for await (const batch of own) {
      await watcher.outlet.send(await jsonOf(group, watch, batch))
      onDelivered(1)
      watcher.position = batch.events.at(-1)?.seq ?? watcher.position
      if (watcher.left) return
      if (batch.status === 'ENDED') return watcher.finish()
      if (batch.status === 'LIVE' && (group.shared === null || watcher.position >= group.position))
        return together(group, watch, watcher)
    }
    watcher.finish()
  }

  const together = (group: Group, watch: Watch, watcher: Watcher) => {
    void watcher.own?.return?.()
    watcher.own = null
    group.together.add(watcher)
    if (group.shared !== null) return
    group.position = watcher.position
    group.shared = followers.follow(watch.runId, group.position)
    void share(group, watch, group.shared)
  }

  const share = async (group: Group, watch: Watch, shared: Pulled<Batch>) => {
    try {
      for await (const batch of shared) {
        const json = await jsonOf(group, watch, batch)
        deliver(group, watch, batch, json)
        if (batch.status === 'ENDED') for (const watcher of group.together) watcher.finish()
      }
    } catch (error) {
      for (const watcher of group.together) watcher.finish(failed(error))
    }
    // Nobody stopped it: the server closes.
    if (group.shared === shared) for (const watcher of group.together) watcher.finish()
  }

  const deliver = (group: Group, watch: Watch, batch: Batch, json: Uint8Array) => {
    const before = (batch.events[0]?.seq ?? 0) - 1
    const last = batch.events.at(-1)?.seq ?? 0
    let messages = 0
    for (const watcher of group.together) {
      if (batch.events.length === 0 || watcher.position === before) {
        watcher.outlet.push(json)
        messages++
        watcher.position = Math.max(watcher.position, last)
        if (watcher.outlet.unsent() > maxUnsent) depart(group, watch, watcher, batch.head)
      } else if (watcher.position < last) depart(group, watch, watcher, null)
      // Otherwise it had this batch before it joined.
    }
    group.position = Math.max(group.position, last)
    onDelivered(messages)
  }

  /** From now on alone; `lagged` is the head where it is because the watcher fell behind. */
  const depart = (group: Group, watch: Watch, watcher: Watcher, lagged: number | null) => {
    group.together.delete(watcher)
    if (group.together.size === 0) stopSharing(group)
    const notice: Batch = { runId: watch.runId, events: [], head: lagged ?? 0, status: 'LAGGED' }
    // The kernel has everything that was sent before once it has the notice.
    const told = lagged === null ? Promise.resolve() : jsonOf(group, watch, notice).then(watcher.outlet.send)
    void told
      .then(() => (watcher.left ? undefined : alone(group, watch, watcher)))
      .catch(error => watcher.finish(failed(error)))
  }

  const stopSharing = (group: Group) => {
    void group.shared?.return?.()
    group.shared = null
  }

  const leave = (key: string, group: Group, watcher: Watcher) => {
    if (watcher.left) return
    watcher.left = true
    void watcher.own?.return?.()
    group.together.delete(watcher)
    if (group.together.size === 0) stopSharing(group)
    if (--group.watchers === 0) groups.delete(key)
  }

  return {
    watch(watch, outlet) {
      const group = join(watch.key)
      let finish: Watcher['finish'] = () => {}
      const finished = new Promise<ExecutionResult | undefined>(resolve => {
        finish = resolve
      })
      const watcher: Watcher = {
        outlet,
        position: watch.after,
        own: null,
        left: false,
        finish: result => {
          leave(watch.key, group, watcher)
          finish(result)
        },
      }
      alone(group, watch, watcher).catch(error => watcher.finish(failed(error)))
      return endOf(finished, () => watcher.finish())
    },
    state: () => ({
      groups: groups.size,
      together: [...groups.values()].reduce((sum, group) => sum + group.together.size, 0),
    }),
  }
}

/** A stream that gives nothing but the result that it ended with, if any. */
function endOf(finished: Promise<ExecutionResult | undefined>, stop: () => void): ResultStream {
  let told = false
  return {
    async next() {
      const result = await finished
      if (told || result === undefined) return { done: true, value: undefined }
      told = true
      return { done: false, value: result }
    },
    async return() {
      stop()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
