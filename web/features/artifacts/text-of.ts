import { useMemo } from 'react'
import { toGlobalId } from '../../../domain/ids.ts'
import type { Artifact } from '../../../domain/run/state.ts'
import { useBody } from './use-body.ts'

export type Text = { state: 'loading' } | { state: 'ready'; text: string } | { state: 'failed'; why: string }

/** More than this is downloaded rather than drawn or compared. */
export const drawnBytes = 8 * 1024 * 1024

/** The body of an artifact as text. */
export function useText(artifact: Artifact): Text {
  const body = useBody(toGlobalId('Artifact', artifact.id))
  return useMemo(
    () => (body.state === 'ready' ? { state: 'ready', text: new TextDecoder().decode(body.bytes) } : body),
    [body],
  )
}
