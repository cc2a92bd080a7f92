import { useEffect, useState } from 'react'
import { useApp } from '../../lib/app-context.ts'

export type Body = { state: 'loading' } | { state: 'ready'; bytes: Uint8Array } | { state: 'failed'; why: string }

/** The bytes of an artifact. They never change, so what was read once stays. */
export function useBody(artifactId: string): Body {
  const { artifactBody } = useApp()
  const [body, setBody] = useState<{ id: string; body: Body }>({ id: artifactId, body: { state: 'loading' } })
  useEffect(() => {
    let current = true
    const tell = (next: Body) => current && setBody({ id: artifactId, body: next })
    artifactBody(artifactId).then(
      bytes => tell({ state: 'ready', bytes }),
      (cause: unknown) =>
        tell({ state: 'failed', why: cause instanceof Error ? cause.message : 'It could not be read.' }),
    )
    return () => {
      current = false
    }
  }, [artifactBody, artifactId])
  return body.id === artifactId ? body.body : { state: 'loading' }
}
