/** What the tests of agents with a model share: a task whose model says what a script says, recorded so that it can be done again. */
import type { Answered, Question } from '../../domain/approval.ts'
import type { Json } from '../../domain/json.ts'
import type { AssistantMessage, ModelReply, StopReason } from '../../domain/model.ts'
import type {
  AgentMessage,
  ArtifactRef,
  BlobStore,
  Handoff,
  HandoffOutcome,
  ModelAnswer,
  ModelAsk,
  RecordedCall,
  Sandbox,
  TaskContext,
  Trunk,
} from '../../domain/ports.ts'
import { memoryBlobs } from '../memory-blobs.ts'

/** What the model says: content, or that it cannot be reached. */
export type Said =
  | AssistantMessage['content']
  | { content: AssistantMessage['content']; stopReason: StopReason }
  | Error
/** Answers the call with this number, from 0. Must answer the same whenever it is asked the same. */
export type Script = (ask: ModelAsk, call: number) => Said

/** One thing that the task's journal holds, with where the trunk stood afterwards. */
export type Entry = { kind: string; result: unknown; trunk: Trunk | null }

export type ScriptedOptions = {
  sandbox: Sandbox
  script: Script
  input?: Json
  /** The journal of an earlier try: what it holds is not done again. */
  recorded?: readonly Entry[]
  blobs?: BlobStore
  artifacts?: readonly ArtifactRef[]
  trunk?: Trunk | null
  answer?: (question: Question) => Answered
  handOff?: (handoff: Handoff) => HandoffOutcome
  /** What other agents sent, by how often this task has looked. */
  messages?: (look: number) => readonly AgentMessage[]
  revision?: TaskContext['revision']
  contextTokens?: number
  simulated?: boolean
  taskIndex?: number
  signal?: AbortSignal
}

export type Scripted = {
  context: TaskContext
  journal: Entry[]
  /** What was really asked and done, that is: not taken from the journal. */
  asked: ModelAsk[]
  done: string[]
  questions: Question[]
  sent: Omit<AgentMessage, 'id' | 'from'>[]
}

export function scriptedTask(options: ScriptedOptions): Scripted {
  const { sandbox, script, recorded = [], blobs = memoryBlobs(), contextTokens = 200_000 } = options
  const journal: Entry[] = []
  const scripted: Omit<Scripted, 'context'> = { journal, asked: [], done: [], questions: [], sent: [] }
  let trunk = recorded.at(-1)?.trunk ?? options.trunk ?? null
  const calls = { model: 0, tool: 0, looks: 0 }

  /** Taken from the journal, or done and put there. */
  async function record<T>(kind: string, work: () => T | Promise<T>): Promise<T> {
    const known = recorded[journal.length]
    if (known !== undefined) {
      if (known.kind !== kind) throw new Error(`${journal.length} was ${known.kind} and is ${kind} now`)
      journal.push(known)
      return known.result as T
    }
    const result = await work()
    scripted.done.push(kind)
    journal.push({ kind, result, trunk })
    return result
  }

  const context: TaskContext = {
    ...{
      runId: 'run_test',
      taskIndex: options.taskIndex ?? 3,
      attempt: 1,
      epoch: 1,
      variables: {},
      item: null,
      sandbox,
      blobs,
    },
    input: options.input === undefined ? { objective: 'Do it.' } : options.input,
    simulated: options.simulated ?? false,
    revision: options.revision ?? null,
    signal: options.signal ?? new AbortController().signal,
    artifacts: async () => options.artifacts ?? [],
    output: () => {},
    async journal(tool, _summary, run) {
      const call = calls.tool++
      return record(`tool ${tool}`, async (): Promise<RecordedCall> => {
        const { output, outputHash, treeHash } = await run()
        return { call, tool, output: copy(output), outputHash: outputHash ?? null, treeHash: treeHash ?? null }
      })
    },
    async model(ask) {
      const call = calls.model++
      return record(`model ${ask.purpose}`, () => {
        scripted.asked.push(copy(ask))
        return answerOf(script(ask, call), ask, contextTokens)
      })
    },
    ask: question =>
      record('ask', () => {
        scripted.questions.push(question)
        return options.answer?.(question) ?? { outcome: 'expired', answer: {}, by: '' }
      }),
    handOff: handoff =>
      record('hand_off', () => options.handOff?.(handoff) ?? { outcome: 'refused', reason: 'there is nobody' }),
    send: message => record('send', () => void scripted.sent.push(message)),
    async receive() {
      const look = calls.looks++
      const messages = options.messages?.(look) ?? []
      return messages.length === 0 ? [] : record('receive', () => messages)
    },
    trunk: async () => trunk,
    async merge(expected, next) {
      if ((trunk?.commit ?? null) !== expected) return false
      trunk = next
      return true
    },
    conflicted: async () => {},
  }
  return { ...scripted, context }
}

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value))

function answerOf(said: Said, { request }: ModelAsk, contextTokens: number): ModelAnswer {
  if (said instanceof Error) throw said
  const { content, stopReason } = 'content' in said ? said : { content: said, stopReason: null }
  const calls = content.some(part => part.type === 'tool-call')
  const reply: ModelReply = { content, stopReason: stopReason ?? (calls ? 'tool-calls' : 'end'), model: 'scripted' }
  const input = Math.ceil(JSON.stringify(request.messages).length / 4)
  const usage = { input, cacheRead: 0, cacheWrite: 0, output: 50, reasoning: 0 }
  return { reply, usage, model: 'test/scripted', costMicros: 1, simulated: false, contextTokens }
}

/** A reply that calls tools, in order. */
export const calling = (...calls: readonly (readonly [name: string, input: Json])[]): AssistantMessage['content'] =>
  calls.map(([name, input], index) => ({ type: 'tool-call', id: `call_${index}`, name, input, opaque: null }))

export const saying = (text: string): AssistantMessage['content'] => [{ type: 'text', text }]

/** The replies one after the other; the last one for ever. */
export const inTurn =
  (...replies: readonly Said[]): Script =>
  (_, call) =>
    replies[Math.min(call, replies.length - 1)] ?? saying('')

/** What the last message of a request says, results of tools included. */
export function heard({ request }: ModelAsk): string {
  const content = request.messages.at(-1)?.content ?? []
  return content.map(part => ('text' in part ? part.text : '')).join('\n')
}
