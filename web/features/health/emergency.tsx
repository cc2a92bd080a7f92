import { useState } from 'react'
import { type CombinedError, useMutation } from 'urql'
import type { ResumeAllMutation, StopAllMutation } from '../../gql/graphql.ts'
import { useApp } from '../../lib/app-context.ts'
import { faultOf, refusalOf } from '../../lib/fault.ts'
import { counted } from '../../lib/format.ts'
import { useShortcuts } from '../../lib/hooks.ts'
import { Button } from '../../ui/button.tsx'
import { Part } from '../../ui/page.tsx'
import { DrainDocument, ResumeAllDocument, StopAllDocument } from './documents.ts'
import css from './health.module.css'
import type { System } from './system.ts'
import { TypedConfirm } from './typed-confirm.tsx'

type Action = 'pause' | 'resume' | 'stop' | 'drain'

/** What ends or halts everything, and the way back. Each says what it will do, in figures, and wants a word to be typed. */
export function Emergency({ system }: { system: System }) {
  const [asked, setAsked] = useState<Action | null>(null)
  const { perform, pending } = usePerform()
  useShortcuts([
    { keys: 'P', title: 'Pause all runs', group: 'Health', run: () => setAsked('pause') },
    { keys: 'R', title: 'Resume all runs', group: 'Health', run: () => setAsked('resume') },
    { keys: 'D', title: 'Drain all workers', group: 'Health', run: () => setAsked('drain') },
    { keys: 'S', title: 'Stop everything', group: 'Health', run: () => setAsked('stop') },
  ])
  const counts = countsOf(system)
  return (
    <Part title="Halt">
      <ul className={css.actions}>
        {actions.map(({ name, button, look, keys, does }) => (
          <li key={name} className={css.action}>
            <Button look={look} keys={keys} pending={pending === name} onClick={() => setAsked(name)}>
              {button}
            </Button>
            <span className={css.muted}>{does(counts)}</span>
          </li>
        ))}
      </ul>
      {actions.map(({ name, button, word, yes, does, after }) =>
        asked === name ? (
          <TypedConfirm
            key={name}
            title={`${button}?`}
            word={word}
            yes={button}
            look={yes}
            onYes={reason => void perform(name, reason)}
            onClose={() => setAsked(null)}
          >
            <p>{does(counts)}</p>
            <p className={css.muted}>{after}</p>
          </TypedConfirm>
        ) : null,
      )}
    </Part>
  )
}

type Counts = Readonly<Record<'runs' | 'paused' | 'tasks' | 'workers', string>>

const countsOf = ({ work, workers }: System): Counts => ({
  runs: counted(work?.openRuns.reduce((sum, { count }) => sum + count, 0) ?? 0, 'open run'),
  paused: counted(work?.openRuns.find(({ name }) => name === 'PAUSED')?.count ?? 0, 'paused run'),
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
    yes: 'danger',
    does: ({ runs, tasks }: Counts) => `${runs} will begin no task any more; ${tasks} at work go on to their end.`,
    after: 'Deadlines go on. A run is resumed on its page, and all of them from here.',
  },
  {
    name: 'resume',
    button: 'Resume all runs',
    look: 'plain',
    keys: 'R',
    word: 'RESUME',
    yes: 'primary',
    does: ({ paused }: Counts) => `${paused} will go on, whoever paused it.`,
    after: 'What is ready begins at once, as workers have room; deadlines went on meanwhile.',
  },
  {
    name: 'drain',
    button: 'Drain all workers',
    look: 'plain',
    keys: 'D',
    word: 'DRAIN',
    yes: 'danger',
    does: ({ tasks, workers }: Counts) => `${workers} will finish ${tasks} and take nothing new.`,
    after: 'Runs wait until a worker is started. Nothing is lost.',
  },
  {
    name: 'stop',
    button: 'Stop everything',
    look: 'danger',
    keys: 'S',
    word: 'STOP',
    yes: 'danger',
    does: ({ runs, tasks }: Counts) => `${runs} will be cancelled, and ${tasks} at work ended at once.`,
    after: 'It cannot be undone: a cancelled run can only be retried from one of its tasks.',
  },
] as const

function usePerform() {
  const { notices } = useApp()
  const [, stop] = useMutation(StopAllDocument)
  const [, resume] = useMutation(ResumeAllDocument)
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
    if (action === 'resume') {
      const { data, error } = await resume({ input: { reason } })
      return toldOf(data?.resumeEverything, error, 'resumed')
    }
    const mode = action === 'stop' ? 'CANCEL' : 'PAUSE'
    const { data, error } = await stop({ input: { mode, reason: reason || 'An operator asked for it' } })
    return toldOf(data?.stopEverything, error, action === 'stop' ? 'cancelled' : 'paused')
  }
  const perform = async (action: Action, reason: string) => {
    setPending(action)
    const { text, tone } = await ask(action, reason)
    notices.say(text, tone)
    setPending(null)
  }
  return { perform, pending }
}

type Result = StopAllMutation['stopEverything'] | ResumeAllMutation['resumeEverything'] | undefined

/** What became of all runs that were told something. */
function toldOf(result: Result, error: CombinedError | undefined, word: string): Said {
  if (result === undefined || !('runIds' in result))
    return refused(error === undefined ? refusalOf(result)?.message : faultOf(error))
  const failed = result.failedRunIds.length
  const text = `${counted(result.runIds.length, 'run')} ${word}.`
  return failed === 0 ? done(text) : refused(`${text} ${counted(failed, 'run')} could not be: ask again.`)
}

type Said = { text: string; tone: 'good' | 'bad' }
const done = (text: string): Said => ({ text, tone: 'good' })
const refused = (text = 'It was not done.'): Said => ({ text, tone: 'bad' })
