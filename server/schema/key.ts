/** Keys of the organisation: who may act in it. */
import { randomBytes } from 'node:crypto'
import type { KeyRow } from '../../db/rows.ts'
import { OrreryError } from '../../domain/errors.ts'
import { uuidOf, uuidv7 } from '../../domain/ids.ts'
import { cleanText } from '../../domain/run/clean.ts'
import type { Context } from '../context.ts'
import { builder } from './builder.ts'
import { cursorById, requestById, toConnection } from './connection.ts'
import { KeyRoleEnum, requireOwner } from './key-role.ts'
import { answer, resultOf } from './results.ts'

const Key = builder.objectRef<KeyRow>('Key')
builder.node(Key, {
  description: 'A key of the organisation, without its secret: that is told once, when it is made, and not kept.',
  id: { resolve: key => key.id },
  loadMany: (ids, { load }) => ids.map(id => load.key.load(id)),
  isTypeOf: () => true,
  fields: t => ({
    publicId: t.exposeString('publicId', { description: 'The part of it that may be shown; events name it.' }),
    name: t.exposeString('name'),
    role: t.expose('role', { type: KeyRoleEnum }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true, description: 'null: until it is revoked.' }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'To the minute; the sessions that it opened do not count.',
    }),
    isMine: t.boolean({
      description: 'Whether it is the one that asks, or the one that its session was opened with.',
      resolve: ({ id }, _, { principal }) => id === principal.keyId,
    }),
  }),
})
const KeyConnection = builder.connectionObject({ type: Key, name: 'KeyConnection' })

builder.queryField('keys', t =>
  t.connection(
    {
      type: Key,
      description: 'Of the organisation, those that are revoked or have expired included.',
      resolve: async (_, args, { reads }) =>
        toConnection(await reads.keys.page(requestById(args)), cursorById, () => reads.keys.count()),
    },
    KeyConnection,
  ),
)

const CreateKeyInput = builder.inputType('CreateKeyInput', {
  fields: t => ({
    name: t.string({ required: true, description: 'Of a person or a program, 1 … 100 characters.' }),
    role: t.field({ type: KeyRoleEnum, description: 'MEMBER unless given.' }),
    expiresAt: t.field({ type: 'DateTime', description: 'When it ends by itself; never unless given.' }),
    idempotencyKey: t.string({
      description: 'The same key with the same input makes one key, however often it is sent.',
    }),
  }),
})
type Made = { key: KeyRow; secret: string | null }
const CreateKeyPayload = builder.objectRef<Made>('CreateKeyPayload').implement({
  fields: t => ({
    key: t.expose('key', { type: Key }),
    secret: t.exposeString('secret', {
      nullable: true,
      description: 'The key itself, for the only time; null where the same request has made it before.',
    }),
  }),
})

builder.mutationField('createKey', t =>
  t.field({
    type: resultOf(CreateKeyPayload),
    description: 'Lets somebody in. Only an owner may.',
    args: { input: t.arg({ type: CreateKeyInput, required: true }) },
    resolve: (_, { input }, context) => answer(() => create(input, context)),
  }),
)

type ToCreate = { name: string } & {
  role?: KeyRow['role'] | null | undefined
  expiresAt?: Date | null | undefined
  idempotencyKey?: string | null | undefined
}

async function create(given: ToCreate, { principal, reads, services, load }: Context): Promise<Made> {
  requireOwner(principal, 'make keys')
  const name = cleanText(given.name).trim()
  const { role, expiresAt = null } = given
  const faults = [
    ...(name.length < 1 || name.length > 100 ? ['name: must be 1 … 100 characters long'] : []),
    ...(expiresAt !== null && expiresAt.getTime() <= services.now() ? ['expiresAt: must lie in the future'] : []),
  ]
  if (faults.length > 0) throw new OrreryError('BAD_INPUT', faults.join('; '))
  const { organisationId } = reads
  const asked = { name, role: role ?? 'member' }
  const newId = uuidv7(services.now(), randomBytes(10))
  const id = given.idempotencyKey
    ? await services.idempotency.claim({
        organisationId,
        operation: 'createKey',
        key: given.idempotencyKey,
        input: { ...asked, expiresAt: expiresAt?.toISOString() ?? null },
        newId,
      })
    : newId
  const secret = await services.keys.createOnce({ id, organisationId, ...asked, expiresAt })
  return { key: await keyNow(id, { load }), secret }
}

const RevokeKeyInput = builder.inputType('RevokeKeyInput', { fields: t => ({ keyId: t.id({ required: true }) }) })
const RevokeKeyPayload = builder
  .objectRef<{ key: KeyRow }>('RevokeKeyPayload')
  .implement({ fields: t => ({ key: t.expose('key', { type: Key }) }) })

builder.mutationField('revokeKey', t =>
  t.field({
    type: resultOf(RevokeKeyPayload),
    description:
      'Ends a key and all sessions that it opened, within a second. Only an owner may, and never with the last key of an owner.',
    args: { input: t.arg({ type: RevokeKeyInput, required: true }) },
    resolve: (_, { input: { keyId } }, { principal, reads, services, load }) =>
      answer(async () => {
        requireOwner(principal, 'revoke keys')
        const id = uuidOf('Key', keyId)
        await services.keys.revoke(reads.organisationId, id)
        return { key: await keyNow(id, { load }) }
      }),
  }),
)

async function keyNow(id: string, { load }: Pick<Context, 'load'>): Promise<KeyRow> {
  const key = await load.key.clear(id).load(id)
  if (key === null) throw new Error(`key ${id} is gone`)
  return key
}
