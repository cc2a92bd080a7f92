/** The run as lines of a log, where there is no terminal to draw on. */
import type { RecordedEvent } from '../../domain/run/events.ts'
import { begunAt, type Run, type Task } from '../../domain/run/state.ts'
import { count, duration, oneLine } from '../format.ts'
import type { Output } from '../terminal.ts'
import type { View } from './live.ts'
import { taskDetail, taskTitle } from './words.ts'

/** What an event is worth a line for; null where it is none. `run` is the state in which the event is folded. Pure. */
export function logLine(run: Run, event: RecordedEvent): string | null {
  const task = 'taskIndex' in event.data ? run.tasks[event.data.taskIndex] : undefined
  const about = task === undefined ? 'run' : taskTitle(task)
  const said = sentence(run, event, task)
  return said === null ? null : `${elapsed(event.at - begunAt(run))}  ${about}: ${said}`
}

function sentence(run: Run, event: RecordedEvent, task: Task | undefined): string | null {
  switch (event.type) {
    case 'RunStarted':
      return `${event.data.workflow} started`
    case 'TaskClaimed':
      return event.data.attempt > 1 ? `started, attempt ${event.data.attempt}` : 'started'
    case 'ToolCallStarted':
      return oneLine(event.data.summary)
    case 'TaskExpanded':
      return `fans out into ${count(event.data.count, 'part')}`
    case 'ChildRunStarted':
      return 'started a sub-run'
    case 'TaskSucceeded':
      return `succeeded${took(task)}${bracketed(task, run)}`
    case 'TaskAttemptFailed':
      return `attempt ${event.data.attempt} failed: ${oneLine(event.data.error.message)}`
    case 'RetryScheduled':
      return event.data.dueAt === null ? null : `tries again in ${duration(event.data.dueAt - event.at)}`
    case 'TaskFailed':
      return `failed${took(task)}: ${withHint(event.data.error)}`
    case 'TaskBlocked':
      return `blocked: ${withHint(event.data.error)}`
    case 'TaskSkipped':
    case 'TaskReset':
    case 'TaskReleased':
      return `${event.type.slice(4).toLowerCase()}${because(event.data.reason)}`
    case 'TaskCancelled':
      return `cancelled${because(event.data.reason)}`
    case 'LeaseExpired':
      return `its worker ${oneLine(event.data.worker)} was lost; another one takes over`
    case 'RunPaused':
    case 'RunResumed':
    case 'RunReset':
    case 'RunReopened':
    case 'RunCancelled':
      return `${event.type.slice(3).toLowerCase()}${because(event.data.reason)}`
    case 'RunForked':
      return `forked after event ${event.data.atSeq}${because(event.data.reason)}`
    case 'RunSucceeded':
      return `succeeded in ${duration(event.at - begunAt(run))}`
    case 'RunFailed':
      return `failed in ${duration(event.at - begunAt(run))}: ${withHint(event.data.error)}`
    case 'ModelCallStarted':
      return `asks ${event.data.model} (${oneLine(event.data.purpose)})${event.data.simulated ? ', simulated' : ''}`
    case 'ModelCallFailed':
      return `${event.data.model} failed: ${oneLine(event.data.error.message)}`
    case 'ModelFellBack':
      return event.data.model === event.data.fromModel
        ? `asks ${event.data.model} again: ${oneLine(event.data.reason)}`
        : `goes on with ${event.data.model} instead of ${event.data.fromModel}: ${oneLine(event.data.reason)}`
    case 'ApprovalRequested':
      return `asks a person: ${oneLine(event.data.title)}`
    case 'ApprovalAnswered':
      return `${oneLine(event.actor.name)} answered`
    case 'ApprovalEscalated':
      return 'nobody answered in time; others are asked'
    case 'ApprovalExpired':
    case 'ApprovalWithdrawn':
      return `the question is closed${because(event.data.reason)}`
    case 'HandoffOffered':
      return `hands work to ${oneLine(event.data.agent)}: ${oneLine(event.data.goal)}`
    case 'HandoffRefused':
    case 'HandoffTimedOut':
      return `the handoff came to nothing${because(event.data.reason)}`
    case 'TaskSentBack':
      return `sent back, round ${event.data.round}${because(event.data.reason)}`
    case 'ChangeMerged':
      return `merged ${count(event.data.files, 'changed file')}`
    case 'MergeConflicted':
      return `conflicts with what was merged meanwhile, in ${oneLine(event.data.paths.join(', '))}`
    case 'ModelRouted':
    case 'ModelCallFinished':
    case 'TaskSuspended':
    case 'ApprovalVoted':
    case 'HandoffAccepted':
    case 'MessageSent':
    case 'MessageHandled':
    case 'TaskPlanned':
    case 'TaskReady':
    case 'ToolCallFinished':
    case 'ArtifactCreated':
      return null
  }
}

const because = (reason: string): string => (reason === '' ? '' : `: ${oneLine(reason)}`)
const withHint = ({ message, hint }: { message: string; hint: string }): string =>
  oneLine(hint === '' ? message : `${message} → ${hint}`)
const took = (task: Task | undefined): string =>
  task === undefined || task.startedAt === null || task.endedAt === null
    ? ''
    : ` in ${duration(task.endedAt - task.startedAt)}`

function bracketed(task: Task | undefined, run: Run): string {
  const detail = task === undefined ? '' : taskDetail(run, task, { call: undefined, now: 0 })
  return detail === '' ? '' : ` (${detail})`
}

/** `02:05`, minutes and seconds since the run began. */
const elapsed = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1_000))
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`
}

export function createLogView(output: Output): View {
  return {
    wantsHistory: true,
    show({ run, events }) {
      for (const event of events) {
        const line = logLine(run, event)
        if (line !== null) void output.line(line)
      }
    },
    connection(tries) {
      if (tries === 1) void output.line('The connection is lost; looking for the server again …')
      if (tries === 0) void output.line('The connection is back.')
    },
    async pause() {},
    resume() {},
    async close() {},
  }
}
