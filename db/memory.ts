/** The event store in memory: the twin of `events.ts`, for tests that need no Postgres. Keeps what it is given, as JSON. */
import type { RecordedEvent } from '../domain/run/events.ts'
import type { Run } from '../domain/run/state.ts'
import type { EventStore } from './store.ts'

export function createMemoryStore(): EventStore {
  const runs = new Map<string, RecordedEvent[]>()
  const commands = new Map<string, { runId: string; seq: number }>()
  const snapshots = new Map<string, Run[]>()
  const headOf = (runId: string) => runs.get(runId)?.length ?? 0
  const commandKey = (runId: string, commandId: string) => `${runId} ${commandId}`

  return {
    async append(batch) {
      const winners = batch.filter(one => (one.before?.head ?? 0) === headOf(one.after.id))
      for (const { after, commands: added } of winners) {
        if (added.some(command => commands.has(commandKey(after.id, command.id))))
          throw new Error(`a command of run ${after.id} is already there`)
      }
      for (const { after, events, commands: added } of winners) {
        const copies = structuredClone(events) as RecordedEvent[]
        runs.set(after.id, [...(runs.get(after.id) ?? []), ...copies])
        for (const command of added)
          commands.set(commandKey(after.id, command.id), { runId: after.id, seq: command.seq })
      }
      return batch.map(one => (winners.includes(one) ? 'appended' : 'conflict'))
    },

    async heads(runIds) {
      return new Map(runIds.filter(id => runs.has(id)).map(id => [id, headOf(id)]))
    },

    async read(runId, after, limit) {
      return structuredClone((runs.get(runId) ?? []).slice(after, after + limit))
    },

    async findCommand(runId, commandId) {
      const first = commands.get(commandKey(runId, commandId))?.seq
      if (first === undefined) return null
      const later = [...commands.values()].filter(one => one.runId === runId && one.seq > first).map(one => one.seq - 1)
      return { first, last: later.length > 0 ? Math.min(...later) : headOf(runId) }
    },

    async snapshot(runId, seq) {
      return structuredClone((snapshots.get(runId) ?? []).filter(run => run.head <= seq).at(-1) ?? null)
    },

    async saveSnapshot(run) {
      const others = (snapshots.get(run.id) ?? []).filter(one => one.head !== run.head)
      snapshots.set(
        run.id,
        [...others, structuredClone(run)].sort((a, b) => a.head - b.head),
      )
    },
  }
}
