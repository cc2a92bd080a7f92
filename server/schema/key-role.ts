import { OrreryError } from '../../domain/errors.ts'
import type { Principal } from '../auth/principal.ts'
import { builder } from './builder.ts'

export const KeyRoleEnum = builder.enumType('KeyRole', {
  description: 'MEMBER: sees and does everything in the organisation, but for what only an OWNER may.',
  values: { OWNER: { value: 'owner' }, MEMBER: { value: 'member' } } as const,
})

/** Throws FORBIDDEN, naming what was wanted. */
export function requireOwner({ role }: Principal, wanted: string): void {
  if (role !== 'owner') throw new OrreryError('FORBIDDEN', `only an owner may ${wanted}`)
}
