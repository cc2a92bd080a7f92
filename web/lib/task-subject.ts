import type { Json } from '../../domain/json.ts'
import type { Task } from '../../domain/run/state.ts'

/**
 * Names what a task is about, whatever its number is: its step, and in a fan-out its element. The same task of another
 * run, or of a fan-out that was done again, is named alike.
 */
export function taskSubject({ key, item, uses, fromHandoffId }: Task): string {
  if (fromHandoffId !== null) return `${key.replace(/-\d+$/, '')} ${uses}`
  if (item === null) return key
  return `${key.slice(0, key.lastIndexOf('/'))}/${elementOf(item)}`
}

/** Elements of a plan have a key, others often an id; the rest are what they are. */
function elementOf(item: Json): string {
  if (typeof item === 'object' && item !== null && !Array.isArray(item)) {
    const { key, id } = item as { readonly key?: Json; readonly id?: Json }
    if (typeof key === 'string') return key
    if (typeof id === 'string') return id
  }
  return JSON.stringify(item)
}
