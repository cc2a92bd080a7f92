/**
 * The journal of a claim, read instead of written: every call is compared with the one that was made in its place, and
 * answered with its result. What is not as it was, and what comes after the end of the record, stops the replay.
 */
import { OrreryError } from '../../domain/errors.ts'
import { type BlobStore, type ModelAsk, type RecordedCall, Suspended } from '../../domain/ports.ts'
import { cleanText } from '../../domain/run/clean.ts'
import { inflate } from '../json-blobs.ts'
import { differingParts, promptHash } from '../prompt-hash.ts'
import type { TaskJournal } from '../task-journal.ts'
import { type Begun, type ClaimRecord, callsOf } from './claim-record.ts'
import type { Divergence } from './divergence.ts'

/** How the replay of a claim ended before its agent did. */
export type Stop =
  | { kind: 'end of the record' }
  | { kind: 'diverged'; divergence: Divergence }
  /** It needed something that is not in the record, at a point where the record goes on. */
  | { kind: 'unrecorded'; reason: string }

/** What an agent does next: a call to a tool, perhaps with what it is for, or to a model. */
type Wish = { tool: string; summary: string | null; ask: ModelAsk | null }

export type RecordedJournal = TaskJournal & {
  model(ask: ModelAsk): Promise<RecordedCall>
  /** Calls that were answered, and prompts of this claim that are the same. */
  compared(): { calls: number; prompts: number }
  /** Why the agent is to be listened to no longer; null while it is. */
  stop(): Stop | null
  /** Resolves with the stop. */
  readonly stopped: Promise<void>
  /** To be called where the agent does what the record cannot answer: ends the replay. */
  leave(reason: string): never
  /** The newest event of the claim that the agent knows the outcome of, and the one that comes after it, if any. */
  between(): { after: number; before: number | null }
  /** What the agent left out, when it has returned. */
  missing(): Divergence | null
}

export function createRecordedJournal(record: ClaimRecord, blobs: BlobStore): RecordedJournal {
  const { results, begun } = callsOf(record)
  const { index: taskIndex } = record.task
  let stop: Stop | null = null
  let resolveStopped = () => {}
  const stopped = new Promise<void>(resolve => {
    resolveStopped = resolve
  })
  let call = 0
  let prompts = 0
  let next = 0
  let seen = record.seq
  /** A prompt that is not as recorded, while the agent may yet go on as if that call had been refused as too long. */
  let doubt: Divergence | null = null
  let queue: Promise<unknown> = Promise.resolve()

  const end = (how: Stop): never => {
    stop ??= how
    resolveStopped()
    throw new Suspended('the replay of this task has ended')
  }
  const diverged = (divergence: Omit<Divergence, 'taskIndex'>): Divergence => ({ ...divergence, taskIndex })
  const diverge = (divergence: Divergence): never => end({ kind: 'diverged', divergence })

  /** What the record has in this place: a call that the claim began, or a result that needed no beginning or an earlier claim. */
  const here = (): (Pick<Begun, 'seq' | 'tool'> & { summary: string | null; begun: Begun | null }) | null => {
    const one = begun[next]
    if (one?.call === call) return { ...one, begun: one }
    const result = results[call]
    return result === undefined ? null : { seq: result.seq, tool: result.recorded.tool, summary: null, begun: null }
  }

  const compare = ({ tool, summary, ask }: Wish, there: NonNullable<ReturnType<typeof here>>): void => {
    if (there.tool !== tool || (summary !== null && there.summary !== null && there.summary !== summary))
      diverge(diverged(otherCall(call, there, { tool, summary: summary ?? ask?.purpose ?? null })))
    const was = there.begun?.promptHash ?? null
    if (ask === null || was === null) return
    const hash = promptHash(ask)
    if (hash !== was) {
      doubt ??= diverged(otherPrompt({ seq: there.seq, purpose: there.summary ?? '', promptHash: was }, ask, hash))
      // A call that is longer than a model's context is refused without a trace, and an agent may then be briefer.
      throw new OrreryError('LIMIT_EXCEEDED', 'the prompt is not the recorded one')
    }
    prompts++
    doubt = null
  }

  const answer = async (wish: Wish): Promise<RecordedCall> => {
    if (stop !== null) return end(stop)
    const doubted = doubt
    const there = here()
    if (there === null) return doubted === null ? pastTheRecord(wish) : diverge(doubted)
    try {
      compare(wish, there)
    } finally {
      // Refused once, the agent did not come back with what is recorded.
      if (doubted !== null && doubt !== null) diverge(doubted)
    }
    seen = Math.max(seen, there.seq)
    if (there.begun !== null) next++
    const result = begun[next]?.call === call ? undefined : results[call]
    if (result === undefined) return unanswered(there.begun)
    call++
    seen = Math.max(seen, result.seq)
    return { ...result.recorded, output: await inflate(blobs, result.recorded.output) }
  }

  /** Whoever has succeeded had nothing left to do; otherwise nobody knows what would have come next. */
  const pastTheRecord = ({ tool, summary, ask }: Wish): never => {
    const last = record.events.at(-1)
    if (last?.type !== 'TaskSucceeded') return end({ kind: 'end of the record' })
    const got = { tool, summary: summary ?? ask?.purpose ?? null }
    const difference = `the task has succeeded after call ${call - 1}, and would make another one, of ${tool}`
    return diverge(diverged({ seq: last.seq, kind: 'call', expected: null, got, difference }))
  }

  /** A call without a result: it failed, and the agent was told; or whoever made it was no longer there to record it. */
  const unanswered = (one: Begun | null): never => {
    if (one === null || !one.wentOn) return end({ kind: 'end of the record' })
    const { code, message, ...rest } = one.failed ?? { code: 'INTERNAL' as const, message: `${one.tool} failed` }
    throw new OrreryError(code, message, rest)
  }

  const inOrder = (wish: Wish): Promise<RecordedCall> => {
    const result = queue.then(() => answer(wish))
    queue = result.catch(() => {})
    return result
  }

  return {
    stopped,
    next: tool => inOrder({ tool, summary: null, ask: null }),
    record: (tool, summary) => inOrder({ tool, summary: cleanText(summary.slice(0, 4_000)), ask: null }),
    model: ask => inOrder({ tool: 'model', summary: null, ask }),
    ahead: () => results[call]?.recorded ?? null,
    compared: () => ({ calls: call, prompts }),
    stop: () => stop,
    leave: reason => end(here() === null ? { kind: 'end of the record' } : { kind: 'unrecorded', reason }),
    between: () => ({ after: seen, before: record.events.find(event => event.seq > seen)?.seq ?? null }),
    missing() {
      const there = here()
      if (doubt !== null || there === null) return doubt
      return diverged(otherCall(call, there, null))
    },
  }
}

type Told = { tool: string; summary: string | null }

function otherCall(call: number, was: Told & { seq: number }, got: Told | null): Omit<Divergence, 'taskIndex'> {
  const difference =
    got === null
      ? `call ${call}, of ${was.tool}, would not be made`
      : got.tool === was.tool
        ? `call ${call}, of ${was.tool}, is “${was.summary}” and would be “${got.summary}”`
        : `call ${call} is of ${was.tool} and would be of ${got.tool}`
  return { seq: was.seq, kind: 'call', expected: { tool: was.tool, summary: was.summary }, got, difference }
}

type WasAsked = { seq: number; purpose: string; promptHash: string }

function otherPrompt({ seq, ...expected }: WasAsked, ask: ModelAsk, hash: string): Omit<Divergence, 'taskIndex'> {
  const parts = differingParts(expected.promptHash, hash)
  const got = { purpose: ask.purpose, promptHash: hash, differs: parts }
  return {
    seq,
    kind: 'prompt',
    expected,
    got,
    difference: `the prompt of “${expected.purpose}” differs in its ${parts.join(' and ')}`,
  }
}
