/**
 * Ids as clients see them. Most are a prefix and a UUID (`run_0199…`); a task is its run and its index
 * (`tsk_0199…_3`), because that is its key everywhere else.
 */
import { OrreryError } from '../../domain/errors.ts'
import { fromGlobalId, idPrefixes, type NodeType, toGlobalId } from '../../domain/ids.ts'

const isNodeType = (type: string): type is NodeType => Object.hasOwn(idPrefixes, type)

/** Of a type of the schema and its own key: a UUID, or `<run UUID>:<index>` for a task. */
export function toNodeId(type: string, key: string): string {
  if (!isNodeType(type)) throw new Error(`${type} has no prefix for its ids`)
  const [uuid = '', index] = key.split(':')
  return index === undefined ? toGlobalId(type, uuid) : `${toGlobalId(type, uuid)}_${index}`
}

/** The other way round. Throws BAD_INPUT where it is no id of ours. */
export function fromNodeId(id: string): { typename: string; id: string } {
  const task = /^(tsk_[0-9a-f]{32})_(0|[1-9]\d{0,8})$/.exec(id)
  if (task !== null) return { typename: 'Task', id: taskKey(fromGlobalId(task[1] ?? '').uuid, Number(task[2])) }
  const { type, uuid } = fromGlobalId(id)
  if (type === 'Task') throw new OrreryError('BAD_INPUT', `${id} lacks the index of the task, as in tsk_0199…_3`)
  return { typename: type, id: uuid }
}

/** What loaders know a task by. */
export const taskKey = (runId: string, index: number): string => `${runId}:${index}`
