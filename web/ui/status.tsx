/** What a run or task is doing, as a shape, a colour and a word: nobody has to tell two hues apart. */
import type { RunStatus, TaskStatus } from '../../domain/run/state.ts'
import css from './status.module.css'

export type Status = RunStatus | TaskStatus
export type Tone = 'idle' | 'ready' | 'active' | 'wait' | 'good' | 'bad' | 'blocked' | 'paused'
type Shape = 'dashed' | 'ring' | 'arc' | 'clock' | 'bars' | 'check' | 'cross' | 'bang' | 'forward' | 'slash'

const looks: Record<Status, { word: string; tone: Tone; shape: Shape }> = {
  PENDING: { word: 'Pending', tone: 'idle', shape: 'dashed' },
  RUNNING: { word: 'Running', tone: 'active', shape: 'arc' },
  PAUSED: { word: 'Paused', tone: 'paused', shape: 'bars' },
  WAITING: { word: 'Waiting', tone: 'wait', shape: 'clock' },
  SUCCEEDED: { word: 'Succeeded', tone: 'good', shape: 'check' },
  FAILED: { word: 'Failed', tone: 'bad', shape: 'cross' },
  CANCELLED: { word: 'Cancelled', tone: 'idle', shape: 'slash' },
  PLANNED: { word: 'Planned', tone: 'idle', shape: 'dashed' },
  READY: { word: 'Ready', tone: 'ready', shape: 'ring' },
  CLAIMED: { word: 'Running', tone: 'active', shape: 'arc' },
  SKIPPED: { word: 'Skipped', tone: 'idle', shape: 'forward' },
  BLOCKED: { word: 'Blocked', tone: 'blocked', shape: 'bang' },
}

export const statusWord = (status: Status): string => looks[status].word
export const statusTone = (status: Status): Tone => looks[status].tone

const marks: Record<Shape, React.ReactNode> = {
  dashed: <circle cx="8" cy="8" r="5.75" className={css.line} strokeDasharray="2.4 2.1" />,
  ring: (
    <>
      <circle cx="8" cy="8" r="5.75" className={css.line} />
      <circle cx="8" cy="8" r="2" className={css.fill} />
    </>
  ),
  arc: (
    <>
      <circle cx="8" cy="8" r="5.75" className={css.line} opacity="0.25" />
      <path d="M8 2.25A5.75 5.75 0 0 1 13.75 8" className={`${css.line} ${css.turning}`} />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="5.75" className={css.line} />
      <path d="M8 5v3.2l2 1.3" className={css.line} />
    </>
  ),
  bars: (
    <>
      <circle cx="8" cy="8" r="5.75" className={css.line} />
      <path d="M6.6 6v4M9.4 6v4" className={css.line} />
    </>
  ),
  check: (
    <>
      <circle cx="8" cy="8" r="6.5" className={css.fill} />
      <path d="M5.2 8.3l2 2 3.7-4.3" className={css.knockout} />
    </>
  ),
  cross: (
    <>
      <circle cx="8" cy="8" r="6.5" className={css.fill} />
      <path d="M5.9 5.9l4.2 4.2M10.1 5.9l-4.2 4.2" className={css.knockout} />
    </>
  ),
  bang: (
    <>
      <path d="M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3z" className={css.fill} />
      <path d="M8 4.7v3.8M8 11h.01" className={css.knockout} />
    </>
  ),
  forward: (
    <>
      <circle cx="8" cy="8" r="5.75" className={css.line} strokeDasharray="2.4 2.1" />
      <path d="M6.2 6 8.4 8l-2.2 2M10 6v4" className={css.line} strokeWidth="1.3" />
    </>
  ),
  slash: (
    <>
      <circle cx="8" cy="8" r="5.75" className={css.line} />
      <path d="M4.2 11.8l7.6-7.6" className={css.line} />
    </>
  ),
}

/** `label` speaks the status where no word stands beside it. */
export function StatusIcon({ status, size = 16, label = false }: { status: Status; size?: number; label?: boolean }) {
  const { word, tone, shape } = looks[status]
  const spoken = label ? { role: 'img', 'aria-label': word } : { 'aria-hidden': true }
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: it is named by its label, or hidden.
    <svg className={css.icon} data-tone={tone} width={size} height={size} viewBox="0 0 16 16" fill="none" {...spoken}>
      {marks[shape]}
    </svg>
  )
}

export function StatusLabel({ status, note }: { status: Status; note?: string | undefined }) {
  return (
    <span className={css.label} data-tone={looks[status].tone}>
      <StatusIcon status={status} />
      {looks[status].word}
      {note === undefined ? null : <span className={css.note}>{note}</span>}
    </span>
  )
}
