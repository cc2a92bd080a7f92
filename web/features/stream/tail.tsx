import { useMemo } from 'react'
import type { Task } from '../../../domain/run/state.ts'
import { useApp } from '../../lib/app-context.ts'
import { useSignal } from '../../lib/hooks.ts'
import { titleOf } from '../../lib/task-title.ts'
import { AgentMark } from '../../ui/agent-mark.tsx'
import { AnsiLine, ansiLines } from '../../ui/ansi.tsx'
import { Inert } from '../../ui/inert.tsx'
import { StatusIcon } from '../../ui/status.tsx'
import { liveCallOf } from './lane.ts'
import css from './stream.module.css'

/** Lines of a program's output that are shown while it runs. */
const shownLines = 16
/** Characters of them that are read. */
const readCharacters = 8_000

type Props = {
  runId: string
  task: Task
  /** Whether it waits for the reply of a model. */
  asking: boolean
  /** Whether the last entry was its own. */
  again: boolean
}

/** What a task says right now, as it forms. Whoever comes late gets what was said so far. */
export function Tail({ runId, task, asking, again }: Props) {
  const app = useApp()
  const store = useMemo(() => app.outputStore(runId, task.index), [app, runId, task.index])
  const { text, epoch } = useSignal(store)
  // What an earlier attempt printed is over.
  const fresh = epoch === task.epoch ? text : ''
  return (
    <li className={css.tail} data-again={again || undefined}>
      {again ? null : (
        <p className={css.who}>
          <AgentMark name={task.uses} />
          <span className={css.agent}>{task.uses}</span>
          <span className={css.task}>{titleOf(task)}</span>
        </p>
      )}
      <span className={css.working}>
        <StatusIcon status="CLAIMED" size={14} label />
      </span>
      <div className={css.said}>{asking ? <Answer text={fresh} /> : <Printed text={fresh} />}</div>
    </li>
  )
}

/** A reply as it forms. */
function Answer({ text }: { text: string }) {
  const call = liveCallOf(text)
  if (call === null || call.sections.length === 0) return <p className={css.note}>thinks …</p>
  return (
    <>
      {call.sections.map(({ kind, name, text: said }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sections have no other name than their place.
        <p key={index} className={kind === 'text' ? css.text : kind === 'thinking' ? css.thinking : css.forming}>
          {kind === 'call' ? <span className={css.name}>{name} </span> : null}
          <Inert text={said} />
        </p>
      ))}
      <p className={css.note}>
        {call.purpose}, {call.model}
      </p>
    </>
  )
}

/** The last lines of what a program prints. */
function Printed({ text }: { text: string }) {
  const lines = useMemo(() => ansiLines(text.slice(-readCharacters)).slice(-shownLines), [text])
  if (lines.length === 0) return <p className={css.note}>at work, and prints nothing</p>
  return (
    <pre className={css.printed}>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: nor have lines.
        <span key={index}>
          <AnsiLine line={line} />
          {'\n'}
        </span>
      ))}
    </pre>
  )
}
