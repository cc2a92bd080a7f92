/** The changes that are worth a try, the likeliest first. */
import { type Hints, hintsOf, type TestFailure } from './failures.ts'
import { rewritesOf } from './operators.ts'
import { namesIn, propertiesIn, type SourceFile } from './source-code.ts'
import { type Suspect, suspectsOf } from './suspects.ts'

/** A change to one line (from 0) of a file. */
export type Candidate = {
  path: string
  line: number
  operator: string
  text: string
  score: number
  /** It may only fit a value to what a test expects: anything more general that passes too is the better change. */
  fitting: boolean
}

/** Each further change to one and the same line counts a little less, so that no line takes all of the trials. */
const decay = 0.9

/** What a value that may only be fitted counts beside a change of what is done with values. */
const fittingCounts = 0.8

/** A literal that becomes another one, elsewhere than where the bounds of a loop, a comparison or a place are told. */
const isFitting = (operator: string, code: string): boolean =>
  operator === 'text' || (operator === 'constant' && !/\b(for|while|range)\b|[<>]=?(?!>)|[[\]]|\bslice\(/.test(code))

export function candidatesFor(
  sources: readonly SourceFile[],
  tests: readonly SourceFile[],
  failures: readonly TestFailure[],
): Candidate[] {
  const hints = failures.slice(0, 3).map(({ message }) => hintsOf(message))
  const properties = [...new Set([...sources, ...tests].flatMap(({ code }) => propertiesIn(code.join('\n'))))]
  return suspectsOf(sources, tests, failures)
    .flatMap(suspect => onLine(suspect, hints, properties))
    .toSorted((left, right) => right.score - left.score)
}

function onLine(suspect: Suspect, hints: readonly Hints[], properties: readonly string[]): Candidate[] {
  const { file, line, weight, within } = suspect
  const text = file.lines[line] ?? ''
  const scope = within === null ? [] : file.code.slice(within.start, within.end)
  const base = {
    text,
    code: file.code[line] ?? '',
    language: file.language,
    names: [...new Set([...namesIn(scope.join('\n'), file.language), ...topNames(file)])].slice(0, 40),
    properties: properties.slice(0, 40),
    isLast: within !== null && isLastStatement(file, line, within.end),
  }
  const best = new Map<string, { operator: string; weight: number }>()
  for (const hint of hints)
    for (const { operator, text: to, weight: one } of rewritesOf({ ...base, hints: hint }))
      if ((best.get(to)?.weight ?? 0) < one) best.set(to, { operator, weight: one })
  return [...best]
    .toSorted(([, left], [, right]) => right.weight - left.weight)
    .map(([to, { operator, weight: one }], rank) => {
      const fitting = isFitting(operator, base.code)
      const score = weight * one * decay ** rank * (fitting ? fittingCounts : 1)
      return { path: file.path, line, operator, text: to, score, fitting }
    })
}

const topNames = ({ code }: SourceFile): string[] =>
  code.flatMap(line => /^(?:export )?(?:async )?(?:const|let|function|def|class) (\w+)/.exec(line)?.[1] ?? [])

function isLastStatement({ code }: SourceFile, line: number, end: number): boolean {
  return code.slice(line + 1, end).every(rest => /^[\s})\];]*$/.test(rest))
}
