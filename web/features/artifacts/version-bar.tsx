import { useNavigate } from '@tanstack/react-router'
import { toGlobalId } from '../../../domain/ids.ts'
import type { Artifact, Run } from '../../../domain/run/state.ts'
import { leaveArtifact } from '../../lib/artifact-search.ts'
import { versionsOf } from '../../lib/artifact-versions.ts'
import { useShortcuts } from '../../lib/hooks.ts'
import { Button } from '../../ui/button.tsx'
import { controlClass } from '../../ui/field.tsx'
import { visibleText } from '../../ui/inert.tsx'
import css from './artifacts.module.css'

type Props = { artifact: Artifact; base: Artifact | null; run: Run }

/** Others of its kind that are offered for comparing; of very many, the newest. */
const offeredOthers = 200

/** The versions of an artifact, and what it is compared with. */
export function VersionBar({ artifact, base, run }: Props) {
  const navigate = useNavigate({ from: '/runs/$runId' })
  const versions = versionsOf(artifact, run.artifacts, run.tasks)
  const place = versions.indexOf(artifact)
  const others = run.artifacts
    .filter(one => one.kind === artifact.kind && !versions.includes(one))
    .slice(-offeredOthers)
  const open = (id: string) =>
    void navigate({ to: '.', replace: true, search: rest => ({ ...leaveArtifact(rest), artifact: id }) })
  const compare = (id: string) =>
    void navigate({
      to: '.',
      replace: true,
      search: ({ base: _, ...rest }) => (id === '' ? rest : { ...rest, artifact: globalId(artifact), base: id }),
    })
  const before = versions[place - 1]
  useShortcuts([
    {
      keys: 'b',
      title: 'Compare with the version before, or stop comparing',
      group: 'Artifact',
      run: () => {
        if (base !== null) compare('')
        else if (before !== undefined) compare(globalId(before))
      },
    },
  ])
  if (versions.length < 2 && others.length === 0) return null
  return (
    <div className={css.versions}>
      {versions.length < 2 ? null : (
        <label>
          <span>Version</span>
          <select className={controlClass} value={globalId(artifact)} onChange={event => open(event.target.value)}>
            {versions.map((one, index) => (
              <option key={one.id} value={globalId(one)}>
                {wordFor(one, index, versions.length)}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        <span>Compare with</span>
        <select
          className={controlClass}
          value={base === null ? '' : globalId(base)}
          onChange={event => compare(event.target.value)}
        >
          <option value="">nothing</option>
          {versions.map((one, index) =>
            one === artifact ? null : (
              <option key={one.id} value={globalId(one)}>
                {wordFor(one, index, versions.length)}
              </option>
            ),
          )}
          {others.length === 0 ? null : (
            <optgroup label={`Others of kind ${artifact.kind}`}>
              {others.map(one => (
                <option key={one.id} value={globalId(one)}>
                  {visibleText(one.title).slice(0, 100)},{' '}
                  {visibleText(run.tasks[one.taskIndex]?.title ?? '').slice(0, 60)}
                </option>
              ))}
            </optgroup>
          )}
        </select>
      </label>
      {before === undefined && base === null ? null : (
        <Button keys="b" onClick={() => compare(base === null && before !== undefined ? globalId(before) : '')}>
          {base === null ? 'What changed' : 'Stop comparing'}
        </Button>
      )}
    </div>
  )
}

const globalId = ({ id }: Artifact): string => toGlobalId('Artifact', id)

const wordFor = ({ attempt, seq, score }: Artifact, index: number, count: number): string =>
  `${index + 1} of ${count}, attempt ${attempt}, event ${seq}${score === null ? '' : `, score ${score.toFixed(2)}`}`
