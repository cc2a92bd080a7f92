import { expect, test } from 'vitest'
import type { Artifact } from '../../domain/run/state.ts'
import { byImportance, shelfOf } from './artifact-order.ts'

const artifact = (kind: string, seq: number): Artifact => ({
  id: `${kind}-${seq}`,
  kind,
  seq,
  taskIndex: 0,
  attempt: 1,
  title: kind,
  mediaType: 'application/json',
  size: 1,
  hash: 'a',
  score: null,
  scoreParts: null,
  simulated: false,
})

test('what one came for comes first, and of equals the newest', () => {
  const given = [
    artifact('Sarif', 1),
    artifact('TestReport', 2),
    artifact('AuditReport', 3),
    artifact('AuditReport', 9),
    artifact('Strange', 12),
  ]
  expect(byImportance(given).map(one => one.id)).toEqual([
    'AuditReport-9',
    'AuditReport-3',
    'TestReport-2',
    'Strange-12',
    'Sarif-1',
  ])
})

test('whatever is unknown is a file', () => {
  const kinds = ['AuditReport', 'Plan', 'EnvReport', 'Sarif', 'Strange']
  expect(kinds.map(kind => shelfOf(artifact(kind, 1)))).toEqual([0, 1, 2, 3, 3])
})
