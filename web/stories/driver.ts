/** Says commands to a run at times that are told, as workers and people would. */
import type { Json } from '../../domain/json.ts'
import type { StoredArtifact } from '../../domain/run/commands.ts'
import type { RecordedEvent } from '../../domain/run/events.ts'
import { createHistory, startOf } from '../../domain/run/history.ts'
import { parseWorkflow } from '../../domain/validate.ts'
import type { WorkflowInput } from '../../domain/workflow.ts'
import { artifactOf, type BodyName } from './bodies.ts'
import { shellHash } from './event-bodies.ts'

export type History = readonly RecordedEvent[]

/** When all of them begin. */
export const begin = Date.UTC(2026, 10, 21, 9, 14, 6)

export type Driver = ReturnType<typeof driver>

/** Says commands at a time that is told. Milliseconds after the beginning. */
export function driver(workflow: WorkflowInput, variables: Record<string, Json>, budgetMicros?: number) {
  const started = startOf(parseWorkflow(workflow), variables)
  const history = createHistory(workflow, {
    ...(budgetMicros === undefined ? {} : { command: { ...started, budgetMicros } }),
    variables,
    start: { now: begin, actor: { kind: 'person', id: 'owner', name: 'Owner' } },
  })
  const epoch = (index: number) => history.run.tasks[index]?.epoch ?? 0
  const by = (index: number, at: number) => ({
    now: begin + at,
    actor: { kind: 'agent' as const, id: 'worker-7f3a', name: history.run.tasks[index]?.uses ?? '' },
  })
  return {
    history,
    claim: (index: number, at: number) =>
      history.say(
        {
          type: 'ClaimTask',
          taskIndex: index,
          epoch: epoch(index) + 1,
          worker: `worker-${'7f3a 19c2 b04e'.split(' ')[index % 3]}`,
        },
        { now: begin + at },
      ),
    call(index: number, tool: string, summary: string, from: number, ms: number | null, exitCode = 0) {
      const call = history.run.tasks[index]?.calls ?? 0
      const common = { taskIndex: index, epoch: epoch(index), call, tool }
      history.say({ type: 'StartToolCall', ...common, summary }, by(index, from))
      if (ms === null) return
      history.say(
        {
          type: 'FinishToolCall',
          ...common,
          output: { lines: 12 },
          exitCode,
          durationMs: ms,
          outputHash: tool === 'shell' ? shellHash : null,
          treeHash: null,
        },
        by(index, from + ms),
      )
    },
    finish: (index: number, at: number, output: Json = {}, bodies: readonly BodyName[] = []) =>
      history.say(
        { type: 'FinishTask', taskIndex: index, epoch: epoch(index), output, artifacts: stored(bodies) },
        by(index, at),
      ),
    fail: (
      index: number,
      at: number,
      failure: {
        message: string
        hint?: string
        retryable?: boolean
        code?: 'TASK_FAILED' | 'TIMEOUT' | 'SANDBOX_UNAVAILABLE'
      },
      blocked = false,
    ) =>
      history.say(
        {
          type: 'FailTask',
          taskIndex: index,
          epoch: epoch(index),
          blocked,
          artifacts: [],
          failure: { code: 'TASK_FAILED', hint: '', retryable: true, ...failure },
        },
        by(index, at),
      ),
  }
}

const stored = (names: readonly BodyName[]): StoredArtifact[] => names.map(artifactOf)
