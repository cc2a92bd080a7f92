import { Link } from '@tanstack/react-router'
import { toGlobalId } from '../../../domain/ids.ts'
import type { Artifact, Task } from '../../../domain/run/state.ts'
import { artifactShelves, byImportance, shelfOf } from '../../lib/artifact-order.ts'
import { formatBytes } from '../../lib/format.ts'
import { Icon } from '../../ui/icon.tsx'
import css from './artifacts.module.css'

/** What it is, where several things of one task bear one name. */
const formats: Readonly<Record<string, string>> = {
  Sarif: 'SARIF',
  Markdown: 'Markdown',
  CodePatch: 'Change',
  ReviewReport: 'Review',
  ResearchNote: 'Research',
  SpecDoc: 'Specification',
  DesignDoc: 'Design',
  Plan: 'Plan',
  ChangeSummary: 'Summary',
  TestPlan: 'Test plan',
  Reasoning: 'Reasoning',
  Judgement: 'Judgement',
}

type Props = { artifacts: readonly Artifact[]; tasks: readonly Task[]; selected: Artifact | undefined }

/** What the run has made so far, on shelves; on each what is most wanted first. */
export function ArtifactList({ artifacts, tasks, selected }: Props) {
  const ordered = byImportance(artifacts)
  return (
    <nav className={css.list} aria-label="Artifacts">
      {artifactShelves.map(({ title }, shelf) => {
        const inside = ordered.filter(artifact => shelfOf(artifact) === shelf)
        return inside.length === 0 ? null : (
          <section key={title} className={css.shelf}>
            <h2 className={css.shelfTitle}>{title}</h2>
            <ul>
              {inside.map(artifact => (
                <li key={artifact.id}>
                  <ArtifactLink artifact={artifact} maker={tasks[artifact.taskIndex]} open={artifact === selected} />
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </nav>
  )
}

function ArtifactLink({ artifact, maker, open }: { artifact: Artifact; maker: Task | undefined; open: boolean }) {
  const { kind, title, size } = artifact
  const note = [
    formats[kind] ?? null,
    artifact.simulated ? 'simulated' : null,
    maker?.title === title ? null : maker?.title,
    formatBytes(size),
  ]
  return (
    <Link
      from="/runs/$runId"
      to="."
      search={({ find: _find, severity: _severity, ...rest }) => ({
        ...rest,
        artifact: toGlobalId('Artifact', artifact.id),
      })}
      replace
      className={css.listItem}
      aria-current={open || undefined}
    >
      <Icon name="file" />
      <span className={css.listWords}>
        <span className={css.listTitle}>{title}</span>
        <span className={css.listNote}>{note.filter(part => part).join(', ')}</span>
      </span>
    </Link>
  )
}
