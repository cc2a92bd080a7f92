import { useState } from 'react'
import { useClient, useMutation } from 'urql'
import { isRunEnded, isTaskEnded, type RunStatus } from '../../../domain/run/state.ts'
import { useApp } from '../../lib/app-context.ts'
import { faultOf, refusalOf } from '../../lib/fault.ts'
import { useShortcuts } from '../../lib/hooks.ts'
import { useRun, useRunStore, useTask } from '../../lib/run-context.ts'
import type { Shortcut } from '../../lib/shortcuts.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import {
  CancelRunDocument,
  PauseRunDocument,
  ResetRunDocument,
  ResumeRunDocument,
  RetryTaskDocument,
} from './documents.ts'
import { usePending } from './use-pending.ts'

/** What one may ask of a run. A button stays pending until the event is here: the answer of a request is not yet the truth. */
export function RunActions({ runId }: { runId: string }) {
  const status = useRun(run => run?.status)
  const [confirming, setConfirming] = useState(false)
  const { ask, pending } = useAsk(runId)
  const shown = status === undefined || isRunEnded(status) ? null : status
  const pauses = shown !== null && shown !== 'PAUSED'
  const actions: Shortcut[] = [
    {
      keys: 'P',
      title: pauses ? 'Pause the run' : 'Resume the run',
      group: 'Run',
      run: () => ask(pauses ? 'pause' : 'resume'),
    },
    { keys: 'X', title: 'Cancel the run', group: 'Run', run: () => setConfirming(true) },
    { keys: 'R', title: 'Reset the run: free what seems to hang', group: 'Run', run: () => ask('reset') },
  ]
  useShortcuts(shown === null ? [] : actions)
  if (shown === null) return null
  return (
    <>
      {pauses ? (
        <Button icon="pause" keys="P" pending={pending === 'pause'} onClick={() => ask('pause')}>
          {pending === 'pause' ? 'Pausing' : 'Pause'}
        </Button>
      ) : (
        <Button look="primary" icon="play" keys="P" pending={pending === 'resume'} onClick={() => ask('resume')}>
          {pending === 'resume' ? 'Resuming' : 'Resume'}
        </Button>
      )}
      <Button icon="stop" keys="X" pending={pending === 'cancel'} onClick={() => setConfirming(true)}>
        {pending === 'cancel' ? 'Cancelling' : 'Cancel'}
      </Button>
      {confirming ? (
        <Confirm
          title="Cancel this run?"
          text="Tasks at work are stopped, and what was not begun never will be. What is done stays, and a task can be retried later."
          yes="Cancel the run"
          onYes={() => ask('cancel')}
          onClose={() => setConfirming(false)}
        />
      ) : null}
    </>
  )
}

/** Does a task again, with everything that built on it. */
export function RetryAction({ runId, index }: { runId: string; index: number }) {
  const task = useTask(index)
  const store = useRunStore()
  const { notices } = useApp()
  const [, retry] = useMutation(RetryTaskDocument)
  const [pending, begin, fail] = usePending<true>(task?.lastSeq)
  const can = task !== undefined && isTaskEnded(task.status)
  const ask = async () => {
    if (!can || pending !== null) return
    begin(true)
    const { data, error } = await retry({ input: { runId, taskIndex: index } })
    const refusal = error === undefined ? refusalOf(data?.retryTask) : { message: faultOf(error), hint: '' }
    if (refusal === null) return store.resume()
    fail()
    notices.say(`${refusal.message} ${refusal.hint}`, 'bad')
  }
  useShortcuts(can ? [{ keys: 'r', title: 'Retry the selected task', group: 'Run', run: () => void ask() }] : [])
  if (!can) return null
  return (
    <Button icon="retry" keys="r" pending={pending === true} onClick={() => void ask()}>
      {pending ? 'Asked' : 'Retry'}
    </Button>
  )
}

const documents = {
  pause: PauseRunDocument,
  resume: ResumeRunDocument,
  cancel: CancelRunDocument,
  reset: ResetRunDocument,
}
type Asked = keyof typeof documents

function useAsk(runId: string) {
  const { notices } = useApp()
  const client = useClient()
  const status: RunStatus | undefined = useRun(run => run?.status)
  const [pending, begin, giveUp] = usePending<Asked>(status)
  const ask = async (what: Asked) => {
    if (pending === what) return
    begin(what)
    const { data, error } = await client.mutation<object, { input: { runId: string } }>(documents[what], {
      input: { runId },
    })
    const refusal =
      error === undefined ? refusalOf(Object.values(data ?? {})[0]) : { message: faultOf(error), hint: '' }
    if (refusal !== null) notices.say(`${refusal.message} ${refusal.hint}`, 'bad')
    else if (what === 'reset') notices.say('What seemed to hang is free again.', 'good')
    // A reset changes no status that one could wait for.
    if (refusal !== null || what === 'reset') giveUp()
  }
  return { pending, ask: (what: Asked) => void ask(what) }
}
