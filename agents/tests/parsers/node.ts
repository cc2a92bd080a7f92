/** `node --test` with our reporter. Tests of a group are told before the group, one level deeper. */
import { z } from 'zod'
import { placeInStack, type ToldCase } from '../cases.ts'
import { jsonLines, Line, type Parser } from './told.ts'

const NodeLine = Line.extend({ nesting: z.number().int().min(0).max(1_000), group: z.boolean() })
const longestSuite = 1_000

export const parseNode: Parser = text => {
  const cases: ToldCase[] = []
  let open: { nesting: number; told: ToldCase }[] = []
  for (const { group, nesting, ...line } of jsonLines(text, NodeLine)) {
    if (group) {
      for (const { told } of open.filter(inner => inner.nesting > nesting)) told.suite = within(line.name, told.suite)
    } else {
      const failedAt = line.status === 'failed' ? placeInStack(line.message ?? '', line.file) : null
      const told: ToldCase = { ...line, line: failedAt ?? line.line }
      cases.push(told)
      open.push({ nesting, told })
    }
    if (nesting === 0) open = []
  }
  return cases
}

function within(group: string, suite: string | null | undefined): string {
  return (suite ? `${group} › ${suite}` : group).slice(0, longestSuite)
}
