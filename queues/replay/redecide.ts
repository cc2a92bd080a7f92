/** One recorded command, decided again on the state that it was decided on. */
import type { CommandRecord } from '../../db/store.ts'
import { toFailure } from '../../domain/errors.ts'
import type { decide } from '../../domain/run/decide.ts'
import type { RecordedEvent } from '../../domain/run/events.ts'
import type { Run } from '../../domain/run/state.ts'
import { toStored } from '../../domain/run/upcast.ts'
import { type Divergence, differenceOf, shown, told } from './divergence.ts'

export type Decide = typeof decide

/**
 * Null where the command decides the recorded events, in their order and with their data. `isCut`: a fork was begun in the
 * middle of them, so that the last ones are missing.
 */
export function redecide(
  before: Run | null,
  { id, input, now, seed }: CommandRecord,
  recorded: readonly RecordedEvent[],
  { decideAnew, isCut }: { decideAnew: Decide; isCut: boolean },
): Divergence | null {
  const [first] = recorded
  if (first === undefined) return null
  const { runId, actor, correlationId } = first
  let decided: readonly RecordedEvent[]
  try {
    const meta = { commandId: id, actor, now, seed, correlationId }
    const whole = decideAnew(runId, before, input, meta).events
    decided = isCut ? whole.slice(0, recorded.length) : whole
    for (let index = 0; index < Math.max(recorded.length, decided.length); index++) {
      const difference = compare(input.type, recorded[index], decided[index])
      if (difference !== null) return difference
    }
    return null
  } catch (error) {
    const refusal = toFailure(error)
    return {
      ...about(first),
      expected: contentOf(first),
      got: { refused: refusal },
      difference: `${input.type} caused ${first.type} and would be refused: ${refusal.message}`,
    }
  }
}

function compare(
  command: string,
  recorded: RecordedEvent | undefined,
  decided: RecordedEvent | undefined,
): Divergence | null {
  const one = recorded ?? decided
  if (one === undefined) return null
  const both = { expected: contentOf(recorded), got: contentOf(decided) }
  if (decided === undefined)
    return { ...about(one), ...both, difference: `${command} caused ${one.type} and would not` }
  if (recorded === undefined)
    return { ...about(one), ...both, difference: `${command} caused no more, and would cause ${one.type}` }
  if (recorded.type !== decided.type) {
    const difference = `${command} caused ${recorded.type} and would cause ${decided.type}`
    return { ...about(one), ...both, difference }
  }
  const found = differenceOf(comparable(recorded), comparable({ ...decided, data: toStored(decided).data } as never))
  return found === null ? null : { ...about(one), ...both, difference: `of ${recorded.type}, ${told(found)}` }
}

const about = (event: RecordedEvent) => ({
  seq: event.seq,
  kind: 'decision' as const,
  taskIndex: 'taskIndex' in event.data ? event.data.taskIndex : null,
})

const contentOf = (event: RecordedEvent | undefined) => (event === undefined ? null : shown(comparable(event)))
const comparable = ({ seq, type, data }: RecordedEvent) => ({ seq, type, data })
