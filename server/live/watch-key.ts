import { Kind, visit } from 'graphql'
import { canonicalJson } from '../../db/idempotency.ts'
import type { Json } from '../../domain/json.ts'
import type { Operation } from '../execution.ts'

/**
 * What watchers of a run must have in common to be given the same bytes: tenant, document, operation and variables, except
 * the one that says where each of them begins.
 */
export function watchKey({ document, operationName, variableValues, contextValue }: Operation, runId: string): string {
  const begin = new Set<string>()
  visit(document, {
    Argument: ({ name, value }) => {
      if (name.value === 'after' && value.kind === Kind.VARIABLE) begin.add(value.name.value)
    },
  })
  const others = Object.fromEntries(Object.entries(variableValues ?? {}).filter(([name]) => !begin.has(name)))
  const text = document.loc?.source.body ?? ''
  return JSON.stringify([
    contextValue.principal.organisationId,
    runId,
    text,
    operationName ?? null,
    canonicalJson(others as Json),
  ])
}
