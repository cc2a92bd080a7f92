/**
 * What a mutation answers: its payload, or one of the ways of saying no. Every result is a union of the payload and the
 * same refusals, and every refusal is a `UserError`, so that a client handles "no" once and in one place.
 */
import type { ObjectRef } from '@pothos/core'
import { type ErrorCode, errorCodes, type Failure, OrreryError, toFailure } from '../../domain/errors.ts'
import { builder } from './builder.ts'

export const ErrorCodeEnum = builder.enumType('ErrorCode', {
  description: 'The closed list of codes, also found at `extensions.code` of an error that is none of a mutation.',
  values: errorCodes,
})

const UserError = builder.interfaceRef<Failure>('UserError').implement({
  description: 'A mutation that was refused: nothing was changed.',
  fields: t => ({
    code: t.expose('code', { type: ErrorCodeEnum }),
    message: t.exposeString('message', { description: 'What is wrong, and where.' }),
    hint: t.exposeString('hint', { description: 'How to mend it; empty where the message says so already.' }),
    retryable: t.exposeBoolean('retryable', { description: 'Whether the same request may succeed later.' }),
  }),
  resolveType: error => refusalOf(error.code)?.name,
})

type Refusal = { name: string; codes: readonly ErrorCode[]; description: string }

const refusals: readonly Refusal[] = [
  { name: 'InvalidInput', codes: ['BAD_INPUT'], description: 'The input is wrong: the message names every fault.' },
  { name: 'NotFound', codes: ['NOT_FOUND'], description: 'What the input refers to does not exist, or is not yours.' },
  { name: 'Forbidden', codes: ['FORBIDDEN', 'DENIED'], description: 'You may not do this.' },
  {
    name: 'Conflict',
    codes: ['CONFLICT', 'STALE_EPOCH', 'CANCELLED'],
    description: 'The state of things forbids it now.',
  },
  {
    name: 'IdempotencyMismatch',
    codes: ['IDEMPOTENCY_MISMATCH'],
    description: 'The idempotency key was used for other input.',
  },
  {
    name: 'LimitReached',
    codes: ['LIMIT_REACHED', 'LIMIT_EXCEEDED', 'BUDGET_EXCEEDED'],
    description: 'It would go beyond a limit.',
  },
  {
    name: 'UpgradeRequired',
    codes: ['UPGRADE_REQUIRED'],
    description: 'A newer version wrote what this one cannot decide on.',
  },
  {
    name: 'Unavailable',
    codes: ['UNAVAILABLE', 'SANDBOX_UNAVAILABLE', 'TIMEOUT'],
    description: 'Something that it needs is away: try again.',
  },
]

/** No payload has a field of that name. */
const isRefusal = (value: unknown): value is Failure =>
  typeof value === 'object' && value !== null && 'retryable' in value

const refusalOf = (code: ErrorCode): Refusal | undefined => refusals.find(one => one.codes.includes(code))

const refusalRefs = refusals.map(({ name, description }) =>
  builder.objectRef<Failure>(name).implement({
    description,
    interfaces: [UserError],
    isTypeOf: value => isRefusal(value) && refusalOf(value.code)?.name === name,
  }),
)

/** The union `…Result` of a payload type `…Payload` and the refusals. */
type Types = typeof builder.$inferSchemaTypes

export function resultOf<Payload extends object>(payload: ObjectRef<Types, Payload>) {
  return builder.unionType(payload.name.replace(/Payload$/, 'Result'), {
    types: [payload, ...refusalRefs],
    resolveType: value => (isRefusal(value) ? (refusalOf(value.code)?.name ?? '') : payload.name),
  })
}

/** Runs a mutation and returns a refusal as a value; anything else that is thrown goes on, to be masked. */
export async function answer<Payload>(work: () => Promise<Payload>): Promise<Payload | Failure> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof OrreryError && refusalOf(error.code) !== undefined) return toFailure(error)
    throw error
  }
}
