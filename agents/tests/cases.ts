/** A test as a runner told it, on its way into a report: cleaned, cut to size, its file inside the repository or none. */
import { repositoryPath, type TestCase } from '../../domain/artifact.ts'
import { cleanText } from '../../domain/run/clean.ts'

export type ToldCase = {
  name: string
  suite?: string | null | undefined
  file?: string | null | undefined
  line?: number | null | undefined
  status: TestCase['status']
  durationMs?: number | null | undefined
  message?: string | null | undefined
}

export function toCase(told: ToldCase): TestCase {
  return {
    name: cut(told.name, 1_000),
    suite: cut(told.suite ?? '', 1_000),
    file: fileOf(told.file ?? ''),
    line: positive(told.line),
    status: told.status,
    durationMs: typeof told.durationMs === 'number' && told.durationMs >= 0 ? told.durationMs : null,
    message: cut(told.message ?? '', 4_000),
  }
}

/** Runners tell absolute paths, paths from where they ran, and URLs. */
function fileOf(told: string): string | null {
  const path = told
    .replace(/^file:\/\//, '')
    .replace(/^\/work\/repo\//, '')
    .replace(/^(\.\/)+/, '')
  return path !== '' && cleanText(path) === path && repositoryPath.safeParse(path).success ? path : null
}

const positive = (value: number | null | undefined): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : null

/** Colours of a terminal are more than their control characters. */
const escapes = /\u001b\[[0-9;]*[A-Za-z]/g

function cut(text: string, most: number): string {
  const clean = cleanText(text.slice(0, most * 4).replace(escapes, ''))
  return clean.length <= most ? clean : `${clean.slice(0, most - 1)}…`
}

/** The place within the repository in a stack trace that is nearest to the fault. */
export function placeInStack(message: string, file: string | null | undefined): number | null {
  if (!file) return null
  const name = file.replace(/^file:\/\//, '').replace(/^\/work\/repo\//, '')
  const at = message.indexOf(`${name}:`)
  return at === -1 ? null : positive(Number(/^\d+/.exec(message.slice(at + name.length + 1))?.[0]))
}
