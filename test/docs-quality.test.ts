/** What docs/quality.md says of kinds and scores, held against the code. */
import { describe, expect, test } from 'vitest'
import { type ArtifactKind, artifactKindNames, artifactKinds } from '../domain/artifact.ts'
import { scoreOf } from '../domain/quality.ts'
import { textOf } from './documents.ts'

const text = textOf('docs/quality.md')
const rows = new Map(
  [...text.matchAll(/^\| `(\w+)` \| ([a-z][a-z ]* \d.*) \|$/gm)].map(([, kind = '', parts = '']) => [
    kind,
    parts.split(', ').map(part => {
      const [, name = '', weight = ''] = /^(.*) (\d+)$/.exec(part) ?? []
      return { name, weight: Number(weight) }
    }),
  ]),
)

/** Bodies with nothing in them, which have all parts. */
const empty = {
  SpecDoc: { requirements: [], outOfScope: [], assumptions: [], openQuestions: [] },
  Plan: { steps: [], risks: [] },
  DesignDoc: { decisions: [], components: [], interfaces: '' },
  ChangeSummary: { verified: [], notVerified: [], testsAdded: [], changes: [] },
  CodePatch: { files: [], added: 0, removed: 0 },
  TestReport: { ran: false, outcome: 'not-run', passed: 0, failed: 0, skipped: 0 },
  TestPlan: { cases: [], notCovered: [] },
  ReviewReport: { findings: [], checked: [], notChecked: [] },
  ResearchNote: { claims: [], notFound: [] },
  Reasoning: { plan: [], checks: [] },
  Judgement: { agreement: null, votes: [] },
} as const satisfies Partial<Record<ArtifactKind, object>>

test('every kind is named, and its schema linked where it has one', () => {
  for (const kind of artifactKindNames) {
    expect(text, kind).toContain(`\`${kind}\``)
    if (artifactKinds[kind] !== null) expect(text, kind).toContain(`](schemas/${kind}.json)`)
  }
})

describe('scores', () => {
  test('are told of the kinds that have one, and of no other', () => {
    const scored = artifactKindNames.filter(kind => {
      try {
        return scoreOf(kind, {}) !== null
      } catch {
        // It looks for what an empty body lacks: it is scored.
        return true
      }
    })
    expect([...rows.keys()].sort()).toEqual([...scored].sort())
    expect(Object.keys(empty).sort()).toEqual([...scored].sort())
  })

  test.each(Object.entries(empty))('of %s have these parts', (kind, body) => {
    const parts = scoreOf(kind as ArtifactKind, body)?.parts.map(({ name, weight }) => ({ name, weight }))
    expect(rows.get(kind)).toEqual(parts)
  })
})
