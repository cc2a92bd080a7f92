import { RunActions } from '../features/runs/run-actions.tsx'
import { useShownSeq } from '../lib/run-context.ts'

/** What one may ask of a run. It is asked of the run as it is now: a moment of the past can only be left or forked. */
export function RunControls({ runId }: { runId: string }) {
  const past = useShownSeq() !== null
  return past ? null : <RunActions runId={runId} />
}
