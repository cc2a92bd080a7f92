import { useState } from 'react'
import { useMutation } from 'urql'
import { useApp } from '../../lib/app-context.ts'
import { faultOf, refusalOf } from '../../lib/fault.ts'
import { counted } from '../../lib/format.ts'
import { useShortcuts } from '../../lib/hooks.ts'
import { Button } from '../../ui/button.tsx'
import { Part } from '../../ui/page.tsx'
import { DrainDocument, StopAllDocument } from './documents.ts'
import css from './health.module.css'
import type { System } from './system.ts'
import { TypedConfirm } from './typed-confirm.tsx'

type Action = 'pause' | 'stop' | 'drain'

/** What ends or halts everything. Each says what it will do, in figures, and wants a word to be typed. */
export function Emergency({ system }: { system: System }) {
  const [asked, setAsked] = useState<Action | null>(null)
  const { perform, pending } = usePerform()
  useShortcuts([
    { keys: 'P', title: 'Pause all runs', group: 'Health', run: () => setAsked('pause') },
    { keys: 'D', title: 'Drain all workers', group: 'Health', run: () => setAsked('drain') },
    { keys: 'S', title: 'Stop everything', group: 'Health', run: () => setAsked('stop') },
  ])
  const { runs, tasks, workers } = countsOf(system)
  return (
    <Part title="Halt">
      <ul className={css.actions}>
        {actions.map(({ name, button, look, keys, does }) => (
          <li key={name} className={css.action}>
            <Button look={look} keys={keys} pending={pending === name} onClick={() => setAsked(name)}>
              {button}
            </Button>
            <span className={css.muted}>{does(runs, tasks, workers)}</span>
          </li>
        ))}
      </ul>
      {actions.map(({ name, button, word, does, after }) =>
        asked === name ? (
          <TypedConfirm
            key={name}
            title={`${button}?`}
            word={word}
            yes={button}
            onYes={reason => void perform(name, reason)}
            onClose={() => setAsked(null)}
          >
            <p>{does(runs, tasks, workers)}</p>
            <p className={css.muted}>{after}</p>
          </TypedConfirm>
        ) : null,
      )}
    </Part>
  )
}

const countsOf = ({ work, workers }: System) => ({
  runs: counted(work?.openRuns.reduce((sum, { count }) => sum + count, 0) ?? 0, 'open run'),
  tasks: counted(work?.queues.reduce((sum, { atWork }) => sum + atWork, 0) ?? 0, 'task'),
  workers: counted(workers.filter(({ draining }) => !draining).length, 'worker'),
})

const actions = [
  {
    name: 'pause',
    button: 'Pause all runs',
    look: 'plain',
    keys: 'P',
    word: 'PAUSE',
    does: (runs: string, tasks: string) => `${runs} will begin no task any more; ${tasks} at work go on to their end.`,
    after: 'Deadlines go on. Each run is resumed on its page, or with resumeRun.',
  },
  {
    name: 'drain',
    button: 'Drain all workers',
    look: 'plain',
    keys: 'D',
    word: 'DRAIN',
    does: (_: string, tasks: string, workers: string) => `${workers} will finish ${tasks} and take nothing new.`,
    after: 'Runs wait until a worker is started. Nothing is lost.',
  },
  {
    name: 'stop',
    button: 'Stop everything',
    look: 'danger',
    keys: 'S',
    word: 'STOP',
    does: (runs: string, tasks: string) => `${runs} will be cancelled, and ${tasks} at work ended at once.`,
    after: 'It cannot be undone: a cancelled run can only be retried from one of its tasks.',
  },
] as const

function usePerform() {
  const { notices } = useApp()
  const [, stop] = useMutation(StopAllDocument)
  const [, drain] = useMutation(DrainDocument)
  const [pending, setPending] = useState<Action | null>(null)

  const ask = async (action: Action, reason: string): Promise<Said> => {
    if (action === 'drain') {
      const { data, error } = await drain({ input: { ids: null } })
      const result = data?.drainWorkers
      if (result !== undefined && 'workers' in result)
        return done(`${counted(result.workers.length, 'worker')} drain now.`)
      return refused(error === undefined ? refusalOf(result)?.message : faultOf(error))
    }
    const mode = action === 'stop' ? 'CANCEL' : 'PAUSE'
    const { data, error } = await stop({ input: { mode, reason: reason || 'An operator asked for it' } })
    const result = data?.stopEverything
    if (result === undefined || !('runIds' in result))
      return refused(error === undefined ? refusalOf(result)?.message : faultOf(error))
    const failed = result.failedRunIds.length
    const text = `${counted(result.runIds.length, 'run')} ${action === 'stop' ? 'cancelled' : 'paused'}.`
    return failed === 0 ? done(text) : refused(`${text} ${counted(failed, 'run')} could not be: ask again.`)
  }
  const perform = async (action: Action, reason: string) => {
    setPending(action)
    const { text, tone } = await ask(action, reason)
    notices.say(text, tone)
    setPending(null)
  }
  return { perform, pending }
}

type Said = { text: string; tone: 'good' | 'bad' }
const done = (text: string): Said => ({ text, tone: 'good' })
const refused = (text = 'It was not done.'): Said => ({ text, tone: 'bad' })
