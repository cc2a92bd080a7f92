import type { CombinedError } from 'urql'

/** What went wrong, for people: what the server said, or that it could not be reached. */
export function faultOf(error: CombinedError): string {
  if (error.networkError !== undefined) return 'The server could not be reached.'
  return error.graphQLErrors.map(one => one.message).join(' ') || 'Something went wrong.'
}

export type Refusal = { message: string; hint: string }

/** A mutation's way of saying no; null where it was done. */
export function refusalOf(result: object | undefined): Refusal | null {
  return result !== undefined && 'message' in result && 'hint' in result ? (result as Refusal) : null
}
