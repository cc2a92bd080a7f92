import type { OrganisationRow } from '../../db/rows.ts'
import { OrreryError } from '../../domain/errors.ts'
import type { Principal } from '../auth/principal.ts'
import { builder } from './builder.ts'
import { KeyRoleEnum } from './key-role.ts'

export const Organisation = builder.objectRef<OrganisationRow>('Organisation')
builder.node(Organisation, {
  description: 'A tenant: whatever belongs to it is invisible to others.',
  id: { resolve: organisation => organisation.id },
  loadOne: async (id, { reads }) => (id === reads.organisationId ? reads.organisation() : null),
  isTypeOf: () => true,
  fields: t => ({
    name: t.exposeString('name'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
})

export const Viewer = builder.objectRef<Principal>('Viewer').implement({
  description: 'Who asks.',
  fields: t => ({
    kind: t.field({
      type: builder.enumType('ViewerKind', { values: { PERSON: { value: 'person' }, KEY: { value: 'key' } } as const }),
      description: 'PERSON: a browser that was signed in · KEY: a program with a key.',
      resolve: viewer => viewer.kind,
    }),
    name: t.exposeString('name', { description: 'Name of the key.' }),
    role: t.expose('role', { type: KeyRoleEnum }),
    keyId: t.exposeString('publicId', { description: 'The part of the key that may be shown.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the key or session ends by itself.',
    }),
    organisation: t.field({
      type: Organisation,
      resolve: async (_, __, { reads }) => {
        const organisation = await reads.organisation()
        if (organisation === null) throw new OrreryError('NOT_FOUND', 'your organisation does not exist any more')
        return organisation
      },
    }),
  }),
})

builder.queryField('viewer', t =>
  t.field({ type: Viewer, description: 'Who asks.', resolve: (_, __, { principal }) => principal }),
)
