import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useShortcuts } from '../../lib/hooks.ts'
import { useRun, useRunStore, useShownSeq } from '../../lib/run-context.ts'
import { Button } from '../../ui/button.tsx'
import { lastForkable } from './foresee.ts'

const ForkDialog = lazy(async () => ({ default: (await import('./fork-dialog.tsx')).ForkDialog }))

/**
 * Forks the run at the moment that is shown. While the dialog is open the address says `fork=<seq>`, so that every place
 * that shows an event can lead to it.
 */
export function ForkAction({ runId }: { runId: string }) {
  const { fork } = useSearch({ from: '/runs/$runId' })
  const navigate = useNavigate({ from: '/runs/$runId' })
  const shown = useShownSeq()
  const store = useRunStore()
  const known = useRun(run => run !== null)
  const change = (seq: number | undefined) =>
    void navigate({
      to: '.',
      replace: true,
      resetScroll: false,
      search: ({ fork: _, ...rest }) => (seq === undefined ? rest : { ...rest, fork: seq }),
    })
  const begin = () => {
    const { run } = store.get()
    if (run !== null) change(shown ?? lastForkable(run))
  }
  useShortcuts([{ keys: 'F', title: 'Fork the run at the moment that is shown', group: 'Run', run: begin }])
  return (
    <>
      <Button icon="branch" keys="F" disabled={!known} onClick={begin}>
        Fork
      </Button>
      {fork === undefined ? null : (
        <Suspense fallback={null}>
          <ForkDialog runId={runId} seq={fork} onSeq={change} onClose={() => change(undefined)} />
        </Suspense>
      )}
    </>
  )
}
