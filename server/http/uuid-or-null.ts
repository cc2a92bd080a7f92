import { OrreryError } from '../../domain/errors.ts'
import { type NodeType, uuidOf } from '../../domain/ids.ts'

/** Of an id in an address: whatever is none of that type is nothing that there is. */
export function uuidOrNull(type: NodeType, id: string): string | null {
  try {
    return uuidOf(type, id)
  } catch (error) {
    if (error instanceof OrreryError) return null
    throw error
  }
}
