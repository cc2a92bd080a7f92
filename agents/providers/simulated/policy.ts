/**
 * A policy is a generator that makes tool calls and is handed their results. It is run from its beginning for every
 * request, over the results that the conversation holds: so the next move follows from the conversation alone, and the
 * same conversation always gets the same reply.
 */
import type { Json } from '../../../domain/json.ts'
import type { Call, Conversation, Exchange } from './conversation.ts'

/** What is said, and the calls that are made at once, in this order. */
export type Move = { say: string; calls: readonly Call[] }
export type Policy = Generator<Move, Ending, readonly Exchange[]>
/** A body to submit, or none where there is nothing that could be stood up for. */
export type Ending = { say: string; submit: { title: string; body: { readonly [key: string]: Json } } | null }

/** A conversation that has become longer than this is ended, whatever its policy would still like to try. */
const mostExchanges = 400

/** The next move of a policy, or its ending. `taken` is how many exchanges it has used. */
export function nextMove(policy: Policy, { exchanges }: Conversation): { move: Move } | { ending: Ending } {
  if (exchanges.length > mostExchanges)
    return { ending: { say: 'I stop here: this has taken far more steps than it should.', submit: null } }
  let position = 0
  let step = policy.next([])
  while (step.done !== true) {
    const answers: Exchange[] = []
    for (const call of step.value.calls) {
      // Forward from here: a compacted conversation has lost some of its calls.
      const at = exchanges.findIndex((exchange, index) => index >= position && isSame(exchange, call))
      if (at === -1) return { move: { say: step.value.say, calls: step.value.calls.slice(answers.length) } }
      position = at + 1
      answers.push(exchanges[at] as Exchange)
    }
    step = policy.next(answers)
  }
  return { ending: step.value }
}

const isSame = (left: Call, right: Call): boolean =>
  left.name === right.name && canonical(left.input) === canonical(right.input)

/** Keys may come back in another order than they were sent. */
function canonical(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value as { [key: string]: Json }).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join()}}`
}

/** One call, and its result. */
export function* ask(
  say: string,
  name: string,
  input: Call['input'] = {},
): Generator<Move, Exchange, readonly Exchange[]> {
  const [exchange] = yield { say, calls: [{ name, input }] }
  return exchange ?? { name, input, text: '', isError: true }
}
