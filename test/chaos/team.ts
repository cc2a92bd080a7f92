/** Agents whose work can be counted: what they did stands in a table, whatever happened to who did it. */
import { setTimeout as sleep } from 'node:timers/promises'
import { createJournaledWorkspace } from '../../agents/journaled-workspace.ts'
import type { Sql } from '../../db/connect.ts'
import type { Agent, TaskContext, TaskResult } from '../../domain/ports.ts'
import { parseWorkflow } from '../../domain/validate.ts'

/** Steps of every task of `chaos.effect`, and edits of every task of `chaos.edit`. */
export const stepsEach = 3

const describe = (name: string): Omit<Agent, 'run'> => ({
  name,
  title: name,
  description: 'Counts what it does.',
  capabilities: [],
  workerClass: 'light',
  produces: [],
})

/** An effect outside is a compare-and-swap under the name (run, task, step); every try at it is written down as well. */
async function takeEffect(sql: Sql, { runId, taskIndex, epoch }: TaskContext, step: number): Promise<void> {
  await sql`insert into tries (run_id, task_index, step, epoch) values (${runId}, ${taskIndex}, ${step}, ${epoch})`
  await sql`insert into effects (run_id, task_index, step, epoch) values (${runId}, ${taskIndex}, ${step}, ${epoch}) on conflict do nothing`
}

export function chaosTeam(sql: Sql, options: { stepMs: number; afterEdit?: () => void }): Agent[] {
  const succeeded: TaskResult = { ok: true, output: null, artifacts: [] }
  return [
    {
      ...describe('chaos.effect'),
      async run(context) {
        for (let step = 0; step < stepsEach; step++) {
          await context.journal('effect', `step ${step}`, async () => {
            await takeEffect(sql, context, step)
            await sleep(options.stepMs, undefined, { signal: context.signal })
            return { output: { step } }
          })
        }
        return succeeded
      },
    },
    {
      ...describe('chaos.edit'),
      async run(context) {
        const workspace = createJournaledWorkspace(context, { label: `chaos-${context.taskIndex}` })
        try {
          let treeHash: string | null = null
          for (let step = 0; step < stepsEach; step++) {
            const call = await workspace.step('edit', `edit ${step}`, async inside => {
              const edit = await inside.exec({ argv: ['sh', '-c', `echo "line ${step}" >> tree/notes.txt`] })
              if (edit.exitCode !== 0) throw new Error(`the edit ended by ${edit.end}: ${Buffer.from(edit.stderr)}`)
              await sql`insert into tries (run_id, task_index, step, epoch) values (${context.runId}, ${context.taskIndex}, ${step}, ${context.epoch})`
              options.afterEdit?.()
              return { output: { step } }
            })
            treeHash = call.treeHash
          }
          return { ok: true, output: { treeHash }, artifacts: [] }
        } finally {
          await workspace.close()
        }
      },
    },
  ]
}

/** Fan-out, fan-in, retries and a sub-run: what a run can be, with work that is counted. */
export const chaosWorkflows = [
  parseWorkflow({
    name: 'chaos',
    version: 1,
    title: 'Chaos',
    description: 'Counted work in a graph.',
    timeoutMs: 600_000,
    maxParallel: 6,
    steps: [
      { key: 'first', title: 'First', agent: 'chaos.effect', workerClass: 'light' },
      ...['a', 'b', 'c'].map(key => ({
        key,
        title: key,
        agent: 'chaos.effect',
        workerClass: 'light',
        needs: ['first'],
      })),
      { key: 'inner', title: 'Inner', workflow: 'chaos-inner', needs: ['a', 'b'] },
      { key: 'last', title: 'Last', agent: 'chaos.effect', workerClass: 'light', needs: ['c', 'inner'] },
    ],
  }),
  parseWorkflow({
    name: 'chaos-inner',
    version: 1,
    title: 'Inner',
    description: 'A run within a run.',
    timeoutMs: 600_000,
    steps: [{ key: 'only', title: 'Only', agent: 'chaos.effect', workerClass: 'light' }],
  }),
  parseWorkflow({
    name: 'chaos-edit',
    version: 1,
    title: 'Edit',
    description: 'Edits in a workspace.',
    timeoutMs: 600_000,
    steps: [{ key: 'edit', title: 'Edit', agent: 'chaos.edit', workerClass: 'light' }],
  }),
  parseWorkflow({
    name: 'chaos-idle',
    version: 1,
    title: 'Idle',
    description: 'Waits for a class of workers that nobody offers.',
    timeoutMs: 600_000,
    steps: [{ key: 'never', title: 'Never', agent: 'chaos.effect', workerClass: 'nobody' }],
  }),
]

/** Where the agents count. Made by the owner of the database before anything starts. */
export async function createCounters(owner: Sql): Promise<void> {
  await owner`create table effects (run_id uuid, task_index int, step int, epoch int, primary key (run_id, task_index, step))`
  await owner`create table tries (run_id uuid, task_index int, step int, epoch int)`
  await owner`grant select, insert on effects, tries to orrery_engine`
}
