import { expect, test } from 'vitest'
import type { Artifact, Task } from '../../domain/run/state.ts'
import { newestVersions, versionsOf } from './artifact-versions.ts'

const tasks = [
  { key: 'write', item: null, fromHandoffId: null },
  { key: 'check/0', item: { id: 'lint' }, fromHandoffId: null },
  { key: 'check/1', item: { id: 'types' }, fromHandoffId: null },
  { key: 'check/2', item: { id: 'lint' }, fromHandoffId: null },
] as unknown as Task[]
const made = (seq: number, taskIndex: number, title: string, kind = 'CodePatch') =>
  ({ id: `a${seq}`, seq, taskIndex, title, kind }) as Artifact
const artifacts = [
  made(1, 0, 'Change'),
  made(2, 1, 'Report', 'AnalysisReport'),
  made(3, 2, 'Report', 'AnalysisReport'),
  made(4, 0, 'Change (simulated)'),
  made(5, 0, 'Change', 'ChangeSummary'),
  made(6, 3, 'Report', 'AnalysisReport'),
]
const seqs = (found: readonly Artifact[]) => found.map(({ seq }) => seq)

test('a later attempt makes a version; another kind, title or element is another thing', () => {
  expect(seqs(versionsOf(artifacts[0] as Artifact, artifacts, tasks))).toEqual([1, 4])
  expect(seqs(versionsOf(artifacts[4] as Artifact, artifacts, tasks))).toEqual([5])
})

test('a fan-out that was done again makes versions of what its elements made', () => {
  expect(seqs(versionsOf(artifacts[1] as Artifact, artifacts, tasks))).toEqual([2, 6])
})

test('of each thing the newest', () => {
  expect(newestVersions(artifacts, tasks).map(({ newest, count }) => [newest.seq, count])).toEqual([
    [4, 2],
    [6, 2],
    [3, 1],
    [5, 1],
  ])
})
