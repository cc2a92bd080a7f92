import { useState } from 'react'
import { useMutation } from 'urql'
import { isRunEnded, isTaskEnded, type RunStatus } from '../../../domain/run/state.ts'
import { useApp } from '../../lib/app-context.ts'
import { faultOf, refusalOf } from '../../lib/fault.ts'
import { useShortcuts } from '../../lib/hooks.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import {
  CancelRunDocument,
  PauseRunDocument,
  ResetRunDocument,
  ResumeRunDocument,
  RetryTaskDocument,
} from './documents.ts'
import { useRun, useRunStore, useTask } from './run-context.ts'
import { usePending } from './use-pending.ts'

/** What one may ask of a run. A button stays pending until the event is here: the answer of a request is not yet the truth. */
export function RunActions({ runId }: { runId: string }) {
  const status = useRun(run => run?.status)
  const [confirming, setConfirming] = useState(false)
  const ask = useAsk(runId)
  const shown = status === undefined || isRunEnded(status) ? null : status
  const pauses = shown !== null && shown !== 'PAUSED'
  useShortcuts([
    {
      keys: 'p',
      title: status === 'PAUSED' ? 'Resume the run' : 'Pause the run',
      group: 'Run',
      run: () => shown && (pauses ? ask.pause() : ask.resume()),
    },
    { keys: 'X', title: 'Cancel the run', group: 'Run', run: () => shown && setConfirming(true) },
    { keys: 'R', title: 'Reset the run: free what seems to hang', group: 'Run', run: () => shown && ask.reset() },
  ])
  if (shown === null) return null
  return (
    <>
      {pauses ? (
        <Button icon="pause" keys="p" pending={ask.pending === 'pause'} onClick={ask.pause}>
          {ask.pending === 'pause' ? 'Pausing' : 'Pause'}
        </Button>
      ) : (
        <Button look="primary" icon="play" keys="p" pending={ask.pending === 'resume'} onClick={ask.resume}>
          {ask.pending === 'resume' ? 'Resuming' : 'Resume'}
        </Button>
      )}
      <Button icon="stop" keys="X" pending={ask.pending === 'cancel'} onClick={() => setConfirming(true)}>
        {ask.pending === 'cancel' ? 'Cancelling' : 'Cancel'}
      </Button>
      {confirming ? (
        <Confirm
          title="Cancel this run?"
          text="Tasks at work are stopped, and what was not begun never will be. What is done stays, and a task can be retried later."
          yes="Cancel the run"
          onYes={ask.cancel}
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
  useShortcuts([{ keys: 'r', title: 'Retry the selected task', group: 'Run', run: () => void ask() }])
  if (!can) return null
  return (
    <Button icon="retry" keys="r" pending={pending === true} onClick={() => void ask()}>
      {pending ? 'Asked' : 'Retry'}
    </Button>
  )
}

type Asked = 'pause' | 'resume' | 'cancel' | 'reset'

function useAsk(runId: string) {
  const { notices } = useApp()
  const status: RunStatus | undefined = useRun(run => run?.status)
  const [pending, begin, fail] = usePending<Asked>(status)
  const [, pause] = useMutation(PauseRunDocument)
  const [, resume] = useMutation(ResumeRunDocument)
  const [, cancel] = useMutation(CancelRunDocument)
  const [, reset] = useMutation(ResetRunDocument)
  const input = { input: { runId } }

  const say = async (what: Asked, answer: ReturnType<typeof pause | typeof resume | typeof cancel | typeof reset>) => {
    begin(what)
    const { data, error } = await answer
    const refusal =
      error === undefined ? refusalOf(data && Object.values(data)[0]) : { message: faultOf(error), hint: '' }
    if (refusal === null) {
      if (what === 'reset') fail()
      return
    }
    fail()
    notices.say(`${refusal.message} ${refusal.hint}`, 'bad')
  }
  return {
    pending,
    pause: () => void say('pause', pause(input)),
    resume: () => void say('resume', resume(input)),
    cancel: () => void say('cancel', cancel(input)),
    reset: () => void say('reset', reset(input)),
  }
}
