/** What is wrong with arguments, one line each, for whoever wrote them. */
import type { z } from 'zod'

export function faultsOf(error: z.ZodError, most = 10): string[] {
  const faults = error.issues.map(({ path, message }) => `${placeOf(path)}: ${message}`)
  return faults.length > most ? [...faults.slice(0, most), `… and ${faults.length - most} more`] : faults
}

const placeOf = (path: readonly PropertyKey[]): string =>
  path.length === 0
    ? 'the arguments'
    : path
        .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index > 0 ? '.' : ''}${String(key)}`))
        .join('')
