/** The results of each runner, in its own words, as test cases. */
import type { TestCase } from '../../domain/artifact.ts'
import { toCase } from './cases.ts'
import type { RunnerName } from './detect.ts'
import { parseGo } from './parsers/go.ts'
import { parseJest } from './parsers/jest.ts'
import { parseJUnit } from './parsers/junit.ts'
import { parseNode } from './parsers/node.ts'
import type { Parser } from './parsers/told.ts'
import { parseUnittest } from './parsers/unittest.ts'

const parsers: { readonly [runner in RunnerName]: Parser } = {
  'node:test': parseNode,
  vitest: parseJest,
  jest: parseJest,
  // A script of which only the end is known.
  npm: () => [],
  pytest: parseJUnit,
  unittest: parseUnittest,
  'go test': parseGo,
}

/** The cases in what a runner wrote; null where that is nothing that the runner writes. */
export function parseResults(runner: RunnerName, text: string): TestCase[] | null {
  const told = parsers[runner](text)
  return told === null ? null : told.map(toCase)
}
