import { Link } from '@tanstack/react-router'
import { memo, type ReactNode, useState } from 'react'
import { counted } from '../../lib/format.ts'
import { useShortcuts, useSignal } from '../../lib/hooks.ts'
import { Button } from '../../ui/button.tsx'
import { Bars, Empty } from '../../ui/empty.tsx'
import { Progress } from '../../ui/progress.tsx'
import { StatusIcon } from '../../ui/status.tsx'
import { Ago, Span } from '../../ui/time.tsx'
import css from './run-list.module.css'
import type { RunLine } from './run-list-store.ts'
import { useRunListStore } from './use-run-list.ts'

type Props = { projectId: string | null; empty: ReactNode }

/** Runs, newest first, live. */
export function RunList({ projectId, empty }: Props) {
  const store = useRunListStore(projectId)
  const { state, runs, next, fault } = useSignal(store)
  const [loading, setLoading] = useState(false)
  useListKeys()
  if (state === 'loading') return <Bars rows={6} height={52} />
  if (state === 'failed')
    return (
      <Empty icon="warning" title="The runs could not be read">
        {fault}
      </Empty>
    )
  if (runs.length === 0) return empty
  return (
    <>
      <ul className={css.list} aria-label="Runs" data-list>
        {runs.map(run => (
          <RunRow key={run.id} run={run} withProject={projectId === null} />
        ))}
      </ul>
      {next === null ? null : (
        <div className={css.more}>
          <Button
            pending={loading}
            onClick={async () => {
              setLoading(true)
              await store.more()
              setLoading(false)
            }}
          >
            Show older runs
          </Button>
        </div>
      )}
    </>
  )
}

const RunRow = memo(function RunRow({ run, withProject }: { run: RunLine; withProject: boolean }) {
  const { total, ended, failed } = run.progress
  const startedAt = Date.parse(run.startedAt)
  const endedAt = run.endedAt === null ? null : Date.parse(run.endedAt)
  const shares = [
    { tone: run.status === 'CANCELLED' ? 'idle' : 'good', count: ended - failed, word: 'ended well' },
    { tone: 'bad', count: failed, word: 'failed' },
  ] as const
  return (
    <li className={css.row}>
      <StatusIcon status={run.status} label />
      <span className={css.what}>
        <Link to="/runs/$runId" params={{ runId: run.id }} preload="intent" className={css.title}>
          {run.title}
        </Link>
        <span className={css.note}>
          {withProject && run.project !== null ? `${run.project.name} · ` : ''}
          {run.workflow}
        </span>
      </span>
      <span className={css.progress}>
        <Progress shares={shares} total={total} />
        <span className={css.count}>{failed > 0 ? `${counted(failed, 'task')} failed` : `${ended} of ${total}`}</span>
      </span>
      <span className={css.took}>
        <Span from={startedAt} to={endedAt} />
      </span>
      <span className={css.when}>
        <Ago at={startedAt} />
      </span>
    </li>
  )
})

/** `j` and `k` walk through the links of the list; Enter is the link's own. */
function useListKeys(): void {
  const move = (step: number) => {
    const links = [...document.querySelectorAll<HTMLElement>('[data-list] a')]
    const place = links.indexOf(document.activeElement as HTMLElement)
    links[Math.min(links.length - 1, Math.max(0, place + step))]?.focus()
  }
  useShortcuts([
    { keys: 'j', title: 'Next run', group: 'Runs', run: () => move(1) },
    { keys: 'k', title: 'Previous run', group: 'Runs', run: () => move(-1) },
  ])
}
