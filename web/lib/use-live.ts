import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { useEffect, useRef, useState } from 'react'
import { useApp } from './app-context.ts'

/** The newest that a subscription said, and why it was refused for good; both null before the first word. */
export type Heard<Data> = { data: Data | null; fault: string | null }

/** For subscriptions each of whose messages tells everything: after a break the next one makes up for all. */
export function useLive<Data, Variables extends object>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Heard<Data> {
  const { live } = useApp()
  const [heard, setHeard] = useState<Heard<Data>>({ data: null, fault: null })
  const latest = useRef(variables)
  latest.current = variables
  const key = JSON.stringify(variables)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the variables.
  useEffect(
    () =>
      live.subscribe(document, () => latest.current, {
        data: data => setHeard({ data, fault: null }),
        fault: ({ message }) => setHeard(before => ({ ...before, fault: message })),
      }),
    [live, document, key],
  )
  return heard
}
