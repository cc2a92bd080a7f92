/** What a simulated model says to a request: which part it plays is read from what it is asked to submit. */
import type { Json } from '../../../domain/json.ts'
import type { ModelRequest } from '../../../domain/model.ts'
import { type Call, type Conversation, readConversation } from './conversation.ts'
import { inForm } from './form.ts'
import { converse, propose } from './policies/assist.ts'
import { design, habits, note, plan, reasoning, specification } from './policies/describe.ts'
import { type FixOptions, fix } from './policies/fix.ts'
import { isConflict, resolve } from './policies/resolve.ts'
import { review } from './policies/review.ts'
import { writeTests } from './policies/write-tests.ts'
import { type Ending, nextMove, type Policy } from './policy.ts'

type Schema = { readonly [key: string]: Json }
export type Said = { text: string; calls: readonly Call[] }

/** A submission that is refused this often is given up. */
const mostSubmissions = 4

export function decide(request: ModelRequest, options: FixOptions): Said {
  const conversation = readConversation(request)
  if (request.outputSchema !== null)
    return {
      text: JSON.stringify(inForm(request.outputSchema, paperFor(request.outputSchema, conversation))),
      calls: [],
    }
  if (request.toolChoice === 'none' || request.tools.length === 0) return { text: plainly(conversation), calls: [] }
  const next = nextMove(policyFor(conversation, options), conversation)
  return 'move' in next ? { text: next.move.say, calls: next.move.calls } : ended(next.ending, conversation)
}

const isObject = (value: Json | undefined): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The schema of the body that `submit` takes; null where there is nothing to submit. */
function bodySchema({ tools }: Conversation): Schema | null {
  const schema = tools.get('submit')?.inputSchema
  const properties = isObject(schema?.properties) ? schema.properties : {}
  return isObject(properties.body) ? properties.body : null
}

const knows = (schema: Schema | null, ...names: string[]): boolean =>
  isObject(schema?.properties) && names.every(name => name in (schema.properties as Schema))

function policyFor(conversation: Conversation, options: FixOptions): Policy {
  const schema = bodySchema(conversation)
  if (schema === null && conversation.tools.has('list_runs')) return converse(conversation)
  if (knows(schema, 'verdict', 'findings')) return review(conversation)
  if (knows(schema, 'cases', 'reproduces')) return writeTests(conversation)
  if (knows(schema, 'changes', 'notVerified')) return isConflict(conversation) ? resolve() : fix(conversation, options)
  return write(conversation, schema)
}

// biome-ignore lint/correctness/useYield: a policy that needs no tool makes no move.
function* write(conversation: Conversation, schema: Schema | null): Policy {
  if (schema === null) return { say: plainly(conversation), submit: null }
  const body = paperFor(schema, conversation)
  return { say: 'I put the objective into the form that is asked for.', submit: { title: titleOf(conversation), body } }
}

const titleOf = (conversation: Conversation): string =>
  (specification(conversation).summary as string).split('\n')[0]?.slice(0, 100) ?? ''

/** The draft that knows most of what the schema names. */
function paperFor(schema: Schema, conversation: Conversation): Schema {
  if (knows(schema, 'workflow', 'confidence')) return propose(conversation)
  const wanted = knows(bodySchema(conversation), 'changes', 'notVerified') ? 'passing' : 'any'
  const papers = [specification, plan, design, note].map(draft => draft(conversation))
  const drafts = [...papers, reasoning(conversation, wanted)]
  const names = isObject(schema.properties) ? Object.keys(schema.properties) : []
  const known = (draft: Schema) => names.filter(name => name in draft).length
  return drafts.toSorted((left, right) => known(right) - known(left))[0] ?? {}
}

const plainly = (conversation: Conversation): string =>
  /write a plan/i.test(`${conversation.task}${conversation.remark}`)
    ? habits.map(habit => `- ${habit}`).join('\n')
    : `I am a simulated model and can say little to this. The objective is: ${specification(conversation).summary}`

function ended({ say, submit }: Ending, conversation: Conversation): Said {
  const schema = bodySchema(conversation)
  const before = conversation.exchanges.filter(({ name }) => name === 'submit').length
  if (submit === null || schema === null || before >= mostSubmissions) return { text: say, calls: [] }
  const body = inForm(schema, submit.body)
  return { text: say, calls: [{ name: 'submit', input: { title: submit.title, body } }] }
}
