/**
 * Where a fault may lie: a function that the failing tests reach and the passing ones do not is more suspect (Ochiai's
 * measure over the tests' text), and so is what the stack of a failure names.
 */
import type { TestFailure } from './failures.ts'
import { type FunctionPlace, functionsOf, namesIn, propertiesIn, type SourceFile } from './source-code.ts'

export type Suspect = { file: SourceFile; line: number; weight: number; within: FunctionPlace | null }

type Block = { failing: boolean; names: ReadonlySet<string> }
type Function = FunctionPlace & { file: SourceFile; names: ReadonlySet<string> }

const begins = /^\s*(?:(?:test|it)(?:\.\w+)*\s*\(|(?:async )?def test)/
const setup = /^\s*(?:describe|suite|class|before|after|def setUp|@)/

export function suspectsOf(
  sources: readonly SourceFile[],
  tests: readonly SourceFile[],
  failures: readonly TestFailure[],
): Suspect[] {
  const functions = sources.flatMap(file =>
    functionsOf(file).map(
      (place): Function => ({ ...place, file, names: namesBetween(file, place.start + 1, place.end) }),
    ),
  )
  const blocks = tests.flatMap(test => blocksOf(test, failures))
  const suspicion = suspicionOf(functions, blocks)
  const named = (line: number, file: SourceFile) =>
    Math.max(
      0,
      ...failures.flatMap(({ stack }) =>
        stack
          .slice(0, 6)
          .flatMap((place, depth) => (place.file === file.path && place.line - 1 === line ? [1 - depth * 0.1] : [])),
      ),
    )
  return sources.flatMap(file =>
    file.code.flatMap((code, line) => {
      if (!/\w/.test(code)) return []
      const within = innermost(functions.filter(one => one.file === file && one.start <= line && line < one.end))
      const weight = Math.max(
        named(line, file),
        within === null ? ofConstant(code, functions, suspicion) : (suspicion.get(within) ?? 0),
      )
      return weight <= 0 ? [] : [{ file, line, weight, within }]
    }),
  )
}

const innermost = (places: readonly Function[]): Function | null =>
  places.toSorted((left, right) => left.end - left.start - (right.end - right.start))[0] ?? null

function namesBetween({ code, language }: SourceFile, start: number, end: number): Set<string> {
  const text = code.slice(start, end).join('\n')
  return new Set([...namesIn(text, language), ...propertiesIn(text)])
}

/** The tests of a file; one fails if a failure lies in it or bears its name. */
function blocksOf(test: SourceFile, failures: readonly TestFailure[]): Block[] {
  const starts = test.code.flatMap((line, index) => (begins.test(line) ? [index] : []))
  return starts.map((start, index) => {
    const next = starts[index + 1] ?? test.lines.length
    const last = test.code.findIndex((line, at) => at > start && at < next && setup.test(line))
    const end = last === -1 ? next : last
    const title = test.lines[start] ?? ''
    const failing = failures.some(({ name, place, stack }) => {
      const simple = name.split(' > ').at(-1) ?? name
      if (title.includes(simple)) return true
      return [...(place === null ? [] : [place]), ...stack].some(
        at => at.file === test.path && at.line > start && at.line <= end,
      )
    })
    return { failing, names: namesBetween(test, start, end) }
  })
}

function suspicionOf(functions: readonly Function[], blocks: readonly Block[]): Map<FunctionPlace, number> {
  const byName = groupByName(functions)
  const reached = blocks.map(block => ({ ...block, depths: reach(block.names, byName) }))
  const failing = reached.filter(block => block.failing)
  const all = failing.length === 0 ? reached : failing
  return new Map(
    functions.map(one => {
      const hit = all.filter(({ depths }) => depths.has(one))
      const spared = reached.filter(block => !all.includes(block) && block.depths.has(one)).length
      if (hit.length === 0) return [one, 0.04]
      const depth = Math.min(...hit.map(({ depths }) => depths.get(one) ?? 0))
      return [one, (hit.length / Math.sqrt(all.length * (hit.length + spared))) * 0.85 ** depth]
    }),
  )
}

function groupByName(functions: readonly Function[]): Map<string, Function[]> {
  const groups = new Map<string, Function[]>()
  for (const one of functions) groups.set(one.name, [...(groups.get(one.name) ?? []), one])
  return groups
}

/** Functions that can be reached from these names, with the number of calls between. */
function reach(names: ReadonlySet<string>, byName: ReadonlyMap<string, readonly Function[]>): Map<Function, number> {
  const depths = new Map<Function, number>()
  let frontier = names
  for (let depth = 0; depth < 4; depth += 1) {
    const found = [...frontier].flatMap(name => byName.get(name) ?? []).filter(one => !depths.has(one))
    for (const one of found) depths.set(one, depth)
    frontier = new Set(found.flatMap(one => [...one.names]))
  }
  return depths
}

/** A line outside of all functions is as suspect as the functions that use what it defines. */
function ofConstant(
  code: string,
  functions: readonly Function[],
  suspicion: ReadonlyMap<FunctionPlace, number>,
): number {
  const defined =
    /^\s*(?:export )?(?:const |let |var )?(\w+)\s*(?::[^=]+)?=/.exec(code)?.[1] ?? /^\s+(\w+):/.exec(code)?.[1]
  if (defined === undefined) return 0
  const users = functions.filter(({ names }) => names.has(defined))
  return 0.7 * Math.max(0, ...users.map(one => suspicion.get(one) ?? 0))
}
