/** One task given to the team once, and its result before the checks. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Toolbox } from '../agents/sandboxed/toolbox.ts'
import type { Sandbox } from '../domain/ports.ts'
import type { Api, RunState } from './api.ts'
import { checkPatch } from './checker.ts'
import type { Trial } from './report.ts'
import type { EvalTask } from './task.ts'

const mostMs = 30 * 60_000
const over = ['SUCCEEDED', 'FAILED', 'CANCELLED']

export type Rig = { api: Api; sandbox: Sandbox; toolbox: Toolbox; simulated: boolean }

export async function tryTask(rig: Rig, task: EvalTask): Promise<Trial> {
  const { api, simulated } = rig
  const repo = copyOf(task)
  const started = performance.now()
  try {
    const variables = { repo, objective: task.objective, publish: 'never' }
    const id = await api.startRun({ workflow: task.workflow, variables, title: `Eval ${task.name}`, simulated })
    const state = await settled(api, id)
    const seconds = (performance.now() - started) / 1_000
    const { spent, byModel } = state.budget
    const models = byModel.flatMap(({ name }) => name ?? [])
    const common = { task: task.name, kind: task.kind, status: state.status, costMicros: spent, seconds, models }
    if (state.status !== 'SUCCEEDED') return { ...common, passed: false, why: whyNot(state) }
    const { passed, checks } = await checkPatch(rig, task, (await api.patch(id)) ?? '')
    const failed = checks.find(({ ok }) => !ok)
    return { ...common, passed, why: failed === undefined ? '' : `${failed.name}: ${failed.said}` }
  } finally {
    rmSync(repo, { recursive: true, force: true })
  }
}

/** Below the project, so that its packages are found where a task needs some; a repository of its own. */
export function copyOf({ directory, name }: EvalTask): string {
  const home = fileURLToPath(new URL('../.orrery/evals', import.meta.url))
  mkdirSync(home, { recursive: true })
  const repo = mkdtempSync(join(home, `${name}-`))
  cpSync(directory, repo, { recursive: true })
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Evals', '-c', 'user.email=evals@example.com', '-C', repo, ...args], {
      stdio: 'ignore',
    })
  git('init', '--initial-branch=main')
  git('add', '.')
  git('commit', '-m', 'The task')
  return repo
}

async function settled(api: Api, id: string): Promise<RunState> {
  const deadline = performance.now() + mostMs
  for (;;) {
    const state = await api.run(id)
    if (over.includes(state.status)) return state
    if (performance.now() > deadline || state.status === 'PAUSED') {
      await api.cancel(id)
      return { ...(await api.run(id)), status: 'CANCELLED' }
    }
    if (state.status === 'WAITING') await api.approvePlans(id)
    await sleep(1_000)
  }
}

/** The last of those that failed: one that stands for several tells of them only that they did. */
function whyNot({ tasks }: RunState): string {
  const failed = tasks.nodes.findLast(({ error }) => error !== null)
  return failed === undefined ? 'it did not come to an end' : `${failed.title}: ${failed.error?.message}`
}
