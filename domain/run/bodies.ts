/** Bodies that are kept beside an event, because it has no room for them: blobs that its data cites. */
import type { Json } from '../json.ts'
import type { RecordedEvent } from './events.ts'

export type EventBody = {
  /** What cites it in the data of the event: `output`, `outputHash`, `treeHash`, `handles`. */
  readonly field: string
  /** sha256 of its bytes. */
  readonly hash: string
  /** json: it stands for a value of the event · text: mostly what a tool said · tree: the files of a workspace, as tar. */
  readonly kind: 'json' | 'text' | 'tree'
}

/** Those of one event, each once. What tasks made is not among them: artifacts are rows of their own. */
export function bodiesOf({ type, data }: Pick<RecordedEvent, 'type' | 'data'>): readonly EventBody[] {
  const found = new Map<string, EventBody>()
  const cite = (field: string, hash: unknown, kind: EventBody['kind']) => {
    if (typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash) && !found.has(hash))
      found.set(hash, { field, hash, kind })
  }
  for (const [field, value] of Object.entries(data as { [field: string]: Json })) {
    const { $blob, handles } = asRecord(value)
    cite(field, $blob, 'json')
    if (type === 'ToolCallFinished' && Array.isArray(handles)) for (const hash of handles) cite('handles', hash, 'text')
    if (field === 'outputHash') cite(field, value, 'text')
    if (field === 'treeHash' || field === 'trunkHash') cite(field, value, 'tree')
  }
  return [...found.values()]
}

type Fields = { readonly [field: string]: Json | undefined }

const asRecord = (value: Json): Fields => (value !== null && typeof value === 'object' ? (value as Fields) : {})
