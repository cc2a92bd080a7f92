import { toGlobalId } from '../../domain/ids.ts'
import type { Artifact, Run } from '../../domain/run/state.ts'
import { bytes, oneLine } from '../format.ts'
import type { Style } from '../style.ts'
import { type Column, table } from '../table.ts'

const columnsOf = (run: Run): Column<Artifact>[] => [
  { title: 'ARTIFACT', text: artifact => toGlobalId('Artifact', artifact.id) },
  { title: 'KIND', text: artifact => artifact.kind },
  { title: 'TITLE', flexible: true, text: artifact => oneLine(artifact.title) },
  { title: 'SIZE', align: 'right', expendable: 2, text: artifact => bytes(artifact.size) },
  { title: 'TASK', expendable: 1, text: artifact => run.tasks[artifact.taskIndex]?.key ?? '' },
]

/** The artifacts of a run in the order in which they were made. */
export const artifactTable = (run: Run, screen: { width: number; style: Style }, artifacts = run.artifacts): string[] =>
  table(artifacts, columnsOf(run), screen)
