/** The commands that wait for one run, decided one after the other on one state. */
import { OrreryError } from '../domain/errors.ts'
import type { Command, CommandMeta } from '../domain/run/commands.ts'
import { decide } from '../domain/run/decide.ts'
import { maxEventBytes, type RecordedEvent } from '../domain/run/events.ts'
import type { Run } from '../domain/run/state.ts'
import { toStored } from '../domain/run/upcast.ts'
import type { Append, AppendedCommand, Handled } from './store.ts'

/** A command on its way. `named`: the caller gave it an id, so it may have been said before, by another process. */
export type Waiting = {
  command: Command
  meta: CommandMeta
  named: boolean
  resolve(handled: Handled): void
  reject(error: unknown): void
}

/** What was decided, and not yet answered: refusals and empty decisions too hold only if the head did not move. */
export type Decided = {
  runId: string
  items: readonly Waiting[]
  before: Run | null
  after: Run | null
  /** null where nothing is to be kept. */
  append: Append | null
  /** Tells the callers. */
  answer(): void
}

export function decideBatch(runId: string, before: Run | null, items: readonly Waiting[], now: number): Decided {
  let run = before
  const events: RecordedEvent[] = []
  const data: string[] = []
  const commands: AppendedCommand[] = []
  const answers: (() => void)[] = []
  for (const { command, meta, named, resolve, reject } of items) {
    try {
      const timed = { ...meta, now }
      const { events: caused, run: next } = decide(runId, run, command, timed)
      const checked = caused.map(checkedJson)
      const first = caused[0]
      if (first !== undefined) {
        commands.push({ id: meta.commandId, named, input: command, now, seed: meta.seed, seq: first.seq })
        events.push(...caused)
        data.push(...checked)
        run = next
      }
      const state = run
      answers.push(() =>
        state === null
          ? reject(new OrreryError('NOT_FOUND', `there is no run ${runId}`))
          : resolve({ run: state, events: caused }),
      )
    } catch (error) {
      answers.push(() => reject(error))
    }
  }
  return {
    runId,
    items,
    before,
    after: run,
    append: events.length === 0 || run === null ? null : { before, after: run, events, data, commands },
    answer() {
      for (const answer of answers) answer()
    },
  }
}

/** Its data as they will be kept. Throws LIMIT_EXCEEDED where they are larger than they may be, INTERNAL where they are not in the vocabulary. */
function checkedJson(event: RecordedEvent): string {
  const json = JSON.stringify(toStored(event).data)
  const bytes = Buffer.byteLength(json)
  if (bytes > maxEventBytes) {
    throw new OrreryError(
      'LIMIT_EXCEEDED',
      `${event.type} would hold ${bytes} bytes; an event holds at most ${maxEventBytes}`,
      {
        hint: 'Store the body as an artifact or a blob, and cite it.',
      },
    )
  }
  return json
}
