/** The file that an embedded server writes its output to: a pipe would break when the process that holds its end is killed. */
import { readFileSync, renameSync, statSync } from 'node:fs'

const mostBytes = 4 * 1024 * 1024

/** Before a launch: a log that has grown is set aside, and the one before it goes. */
export function truncateLog(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > mostBytes) renameSync(path, `${path}.1`)
}

/** @returns the last lines, with where to find the rest. */
export function tail(path: string, lines = 12): string {
  try {
    const text = readFileSync(path, 'utf8').trimEnd().split('\n').slice(-lines).join('\n')
    return `${text}\n(the whole log is ${path})`
  } catch {
    return '(nothing)'
  }
}
