/** How far a loop may go, and what it is told on the way. Where it ends without a result, the failure says what was reached. */
import { OrreryError } from '../../domain/errors.ts'
import type { ToolCallPart } from '../../domain/model.ts'
import type { Role } from '../../domain/role.ts'
import type { Called } from './call.ts'

/** From here on the model is told that its turns come to an end. */
const warnedTurns = 3
/** Turns in a row: the same failing calls, calls that make no sense, replies that were cut, replies without a call. */
const most = { repeats: 3, malformed: 5, cuts: 3, silent: 2, beyond: 2 }
/** Submissions with faults. */
const mostFaulty = 3

export type Pace = {
  /** Begins a turn. Answers what the model is to be told about its limits; null for nothing. */
  begin(): string | null
  /** A reply was cut at its length. Answers what to say. */
  cut(maxOutputTokens: number): string
  /** A reply held no call. Answers what to say. */
  silent(): string
  /** Whether one more call may be made. */
  mayCall(): boolean
  /** What became of the calls of a turn. Answers what to say about them; null for nothing. */
  made(calls: readonly ToolCallPart[], results: readonly Called[]): string | null
  /** A submission had faults. */
  faulty(faults: readonly string[]): void
  reached(): { turns: number; toolCalls: number }
}

/** Each function throws OrreryError where it is the end: LIMIT_EXCEEDED for limits, TASK_FAILED for what leads nowhere. */
export function createPace({ name, limits }: Pick<Role, 'name' | 'limits'>): Pace {
  let [turns, toolCalls, silent, cuts, malformed, repeats, beyond, faulty] = [0, 0, 0, 0, 0, 0, 0, 0]
  let before = ''
  let lastCall = 'nothing'

  const end = (code: 'LIMIT_EXCEEDED' | 'TASK_FAILED', why: string, hint: string): never => {
    const reached = `after ${turns} turns and ${toolCalls} tool calls, the last of which was ${lastCall}`
    throw new OrreryError(code, `${name} ended without a result: ${why} (${reached})`, { hint })
  }
  const raise = 'Give it a smaller objective, or raise the limits of the role.'
  const other = 'Try another model, or a clearer objective.'

  return {
    begin() {
      if (turns >= limits.maxTurns) end('LIMIT_EXCEEDED', `its ${limits.maxTurns} turns are used up`, raise)
      turns += 1
      const left = limits.maxTurns - turns + 1
      if (left > warnedTurns) return null
      return left === 1
        ? 'This is your last turn: call submit now with what you have, and say what is not done.'
        : `You have ${left} turns left. Bring the work to an end and call submit; say what is not done.`
    },
    cut(maxOutputTokens) {
      cuts += 1
      if (cuts >= most.cuts) end('LIMIT_EXCEEDED', `its replies were cut at ${maxOutputTokens} tokens`, raise)
      return `Your reply was cut at its limit of ${maxOutputTokens} tokens. Go on in smaller pieces: write long files in several edits.`
    },
    silent() {
      silent += 1
      if (silent >= most.silent) end('TASK_FAILED', 'it stopped calling tools and submitted nothing', other)
      return 'Your reply calls no tool. Go on with the work, or call submit with your result. If it cannot be done, submit that and say why.'
    },
    mayCall() {
      if (toolCalls >= limits.maxToolCalls) return false
      toolCalls += 1
      return true
    },
    made(calls, results) {
      silent = 0
      cuts = 0
      lastCall = calls.at(-1)?.name.slice(0, 60) ?? lastCall
      if (toolCalls >= limits.maxToolCalls) beyond += 1
      if (beyond > most.beyond) end('LIMIT_EXCEEDED', `its ${limits.maxToolCalls} tool calls are used up`, raise)
      malformed = results.every(each => each.malformed) ? malformed + 1 : 0
      if (malformed >= most.malformed)
        end('TASK_FAILED', `${malformed} turns held only calls that make no sense`, other)
      const said = JSON.stringify(calls.map(call => [call.name, call.input]))
      // Submissions have a limit of their own.
      const failed = results.every(({ isError }) => isError) && calls.every(({ name }) => name !== 'submit')
      repeats = failed ? (said === before ? repeats + 1 : 1) : 0
      before = said
      if (repeats >= most.repeats) end('TASK_FAILED', `it made the same failing call in ${repeats} turns`, other)
      return repeats === most.repeats - 1 ? 'The same call failed again. Do something else.' : null
    },
    faulty(faults) {
      faulty += 1
      if (faulty > mostFaulty) end('TASK_FAILED', `its result was not valid ${faulty} times: ${faults[0] ?? ''}`, other)
    },
    reached: () => ({ turns, toolCalls }),
  }
}
