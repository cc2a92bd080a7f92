import type { KeyRole } from '../../db/schema.ts'

/** Who asks. A program shows a key; a person has a session, which stands for the key that it was opened with. */
export type Principal = {
  readonly kind: 'key' | 'person'
  readonly keyId: string
  /** The part of the key that may be shown. */
  readonly publicId: string
  readonly name: string
  readonly role: KeyRole
  readonly organisationId: string
  /** When this right ends by itself; null: never. */
  readonly expiresAt: Date | null
}
