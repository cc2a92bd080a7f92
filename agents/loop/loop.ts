/**
 * The loop of an agent: ask the model, run what it calls, tell it the results, until it submits something valid or reaches
 * a limit. It keeps nothing of its own: given the same recorded results it makes the same calls in the same order.
 */
import { OrreryError } from '../../domain/errors.ts'
import {
  type ModelMessage,
  type TextPart,
  type ToolCallPart,
  type ToolResultPart,
  toolCallsOf,
} from '../../domain/model.ts'
import type { AgentMessage, ModelAnswer, ModelAsk } from '../../domain/ports.ts'
import type { Role } from '../../domain/role.ts'
import { cleanText } from '../../domain/run/clean.ts'
import { markUntrusted } from '../tools/output.ts'
import type { Submission, SubmitTool } from '../tools/submit.ts'
import { specOf } from '../tools/tool.ts'
import { type CallDeps, type Called, callTool } from './call.ts'
import { compact, isNearlyFull, type LastAnswer, tokensOf } from './compaction.ts'
import { type Conversation, text } from './conversation.ts'
import { createPace, type Pace } from './pace.ts'

/** Calls of one reply; what comes after them is not run. */
const mostCallsAtOnce = 24

export type LoopOptions = CallDeps & {
  role: Pick<Role, 'name' | 'limits' | 'thinking'>
  system: string
  conversation: Conversation
  needs: ModelAsk['needs']
  submit: SubmitTool
  /** How often the agent checks its own work before it counts as done. */
  samples: number
  /**
   * The last word on a valid submission: null accepts it, a text sends it back with what is still to be done. `messages` is
   * the conversation with the submission in it.
   */
  accept(submission: Submission, messages: readonly ModelMessage[]): Promise<string | null>
}

export type LoopEnd = { submission: Submission; turns: number; toolCalls: number }

/** The request of one turn: the same beginning each time, which is what providers cache. */
export const requestOf = (
  { role, system, tools, submit }: LoopOptions,
  messages: readonly ModelMessage[],
): ModelAsk['request'] => ({
  system,
  messages,
  tools: [...tools.map(specOf), submit.spec],
  toolChoice: 'auto',
  maxOutputTokens: role.limits.maxOutputTokens,
  thinking: role.thinking,
  temperature: null,
  outputSchema: null,
})

/** Throws OrreryError where it ends without a result, and whatever the task's context throws. */
export async function runLoop(options: LoopOptions): Promise<LoopEnd> {
  const { conversation, role } = options
  const pace = createPace(role)
  const model = createAsking(options)
  for (;;) {
    const warning = pace.begin()
    conversation.say([...(await incoming(options)), ...(warning === null ? [] : [text(warning)])])
    const { reply } = await model.ask(pace.reached().turns)
    if (reply.stopReason === 'refusal') throw refused(role.name, reply.content)
    conversation.reply(reply.content)
    const calls = toolCallsOf(reply.content)
    if (reply.stopReason === 'length') {
      const results = calls.map(call => resultOf(call, notRun('your reply was cut before it was whole')))
      conversation.say([...results, text(pace.cut(role.limits.maxOutputTokens))])
    } else if (calls.length === 0) conversation.say([text(pace.silent())])
    else {
      const submission = await runCalls(calls, options, pace)
      if (submission !== null) return { submission, ...pace.reached() }
    }
  }
}

function refused(name: string, content: readonly { type: string }[]): OrreryError {
  const said = content.map(part => (part.type === 'text' && 'text' in part ? String(part.text) : '')).join('')
  const told = cleanText(said).trim().slice(0, 500)
  return new OrreryError('TASK_FAILED', `the model refused to go on as ${name}${told === '' ? '' : `: ${told}`}`, {
    hint: 'Say the objective in other words, or try another model.',
  })
}

/** What other agents sent since the last turn. */
async function incoming({ env, taint }: LoopOptions): Promise<TextPart[]> {
  const messages = await env.context.receive()
  return messages.map(message => {
    const { body, tainted } = bodyOf(message)
    if (tainted) taint.note('outside')
    const from = cleanText(message.from)
    return text(`Message from ${from}:\n${tainted ? markUntrusted(body, `message from ${from}`) : body}`)
  })
}

function bodyOf({ body }: AgentMessage): { body: string; tainted: boolean } {
  const packet = typeof body === 'object' && body !== null && !Array.isArray(body) ? body : { text: body }
  const said = 'text' in packet && typeof packet.text === 'string' ? packet.text : JSON.stringify(body)
  return { body: cleanText(said), tainted: 'tainted' in packet && packet.tainted === true }
}

/** Asks the model, with room made beforehand where the conversation nears what it can hold. */
function createAsking(options: LoopOptions): { ask(turn: number): Promise<ModelAnswer> } {
  const { conversation, env, needs, role } = options
  let last: LastAnswer | null = null
  const makeRoom = async (contextTokens: number) => {
    conversation.replace(await compact(conversation.messages(), { context: env.context, contextTokens, needs }))
  }
  const call = async (turn: number): Promise<ModelAnswer> => {
    const messages = conversation.messages()
    const answer = await env.context.model({ purpose: `turn ${turn}`, request: requestOf(options, messages), needs })
    last = { answer, messages: messages.length }
    return answer
  }
  return {
    async ask(turn) {
      if (last !== null && isNearlyFull(conversation.messages(), last, role.limits.maxOutputTokens))
        await makeRoom(last.answer.contextTokens)
      try {
        return await call(turn)
      } catch (error) {
        const tooLong = error instanceof OrreryError && error.code === 'LIMIT_EXCEEDED'
        if (!tooLong || last === null) throw error
        // Whoever answers now may hold less than whoever answered before.
        await makeRoom(Math.min(last.answer.contextTokens, tokensOf(conversation.messages()) * 0.7))
        return call(turn)
      }
    },
  }
}

const notRun = (why: string): Called => ({ text: `Not run: ${why}.`, isError: true, malformed: false })

const resultOf = ({ id, name }: ToolCallPart, { text, isError }: Called): ToolResultPart => ({
  type: 'tool-result',
  id,
  name,
  text,
  isError,
})

/** Runs the calls of a reply in order and tells the results; answers the submission that was accepted among them. */
async function runCalls(calls: readonly ToolCallPart[], options: LoopOptions, pace: Pace): Promise<Submission | null> {
  const results: Called[] = []
  const parts = () => calls.slice(0, results.length).map((call, index) => resultOf(call, results[index] ?? notRun('')))
  for (const [index, call] of calls.entries()) {
    if (call.name !== 'submit') {
      results.push(await runCall(call, options, { index, mayCall: index < mostCallsAtOnce && pace.mayCall() }))
      continue
    }
    const read = readSubmission(call, options, { pace, earlierFailed: results.some(({ isError }) => isError) })
    if ('text' in read) {
      results.push(read)
      continue
    }
    const rest = calls.slice(index + 1).map(later => resultOf(later, notRun('submit ends the work')))
    const received = resultOf(call, { text: 'Received.', isError: false, malformed: false })
    const said: ModelMessage = { role: 'user', content: [...parts(), received, ...rest] }
    const objection = await options.accept(read.submission, [...options.conversation.messages(), said])
    if (objection === null) return read.submission
    results.push({ text: `Not accepted yet. ${objection}`, isError: true, malformed: false })
  }
  const remark = pace.made(calls, results)
  options.conversation.say([...parts(), ...(remark === null ? [] : [text(remark)])])
  return null
}

function runCall(
  call: ToolCallPart,
  options: LoopOptions,
  { index, mayCall }: { index: number; mayCall: boolean },
): Promise<Called> | Called {
  if (mayCall) return callTool(call, options)
  if (index >= mostCallsAtOnce)
    return notRun(`a reply may hold ${mostCallsAtOnce} calls; make the others in the next one`)
  const { maxToolCalls } = options.role.limits
  return notRun(`your ${maxToolCalls} tool calls are used up; call submit with what you have, and say what is not done`)
}

function readSubmission(
  call: ToolCallPart,
  { submit }: LoopOptions,
  { pace, earlierFailed }: { pace: Pace; earlierFailed: boolean },
): { submission: Submission } | Called {
  if (earlierFailed) return notRun('a call before it failed; look at that first, then submit')
  const read = submit.read(call.input)
  if (read.ok) return { submission: read.submission }
  pace.faulty(read.faults)
  const faults = `- ${read.faults.join('\n- ')}`
  return { text: `Not accepted. Mend this and submit the whole again:\n${faults}`, isError: true, malformed: false }
}
