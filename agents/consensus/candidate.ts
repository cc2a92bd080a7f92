/**
 * One candidate: the whole work of a role, on a line of commits of its own. It begins where the others began, and what it
 * merges reaches its own line, never the run's.
 */

import type { Failure } from '../../domain/errors.ts'
import type { Json } from '../../domain/json.ts'
import type { TaskContext, TaskResult, Trunk } from '../../domain/ports.ts'
import type { Role } from '../../domain/role.ts'
import { CodePatch } from '../../domain/work.ts'
import { failuresOf, testTree } from '../code/test-tree.ts'
import type { CodeSource } from '../code/trunk.ts'
import { createRoleAgent } from '../loop/role-agent.ts'
import { parseJson } from '../sandboxed/parse-json.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'
import type { RunnerName } from '../tests/detect.ts'

export type Candidate = {
  /** `A`, `B` … */
  name: string
  models: readonly string[]
  result: (TaskResult & { ok: true }) | null
  /** Where its line stands; null where it changed nothing. */
  trunk: Trunk | null
  diff: string
  tests: { passed: number; failed: number } | null
  /** Why it takes no part; null where it does. */
  lost: string | null
  failure: Failure | null
}

export type CandidateDeps = {
  role: Role
  toolbox: Toolbox
  source: CodeSource
  begun: Trunk
  runners: readonly RunnerName[]
  timeoutSeconds: number | null
  /** What failed before anything was changed. */
  known: readonly string[]
}

/** Throws what ends or suspends the task; a candidate that fails is lost, which is a result. */
export async function makeCandidate(
  context: TaskContext,
  deps: CandidateDeps,
  { name, avoid }: { name: string; avoid: readonly string[] },
): Promise<Candidate> {
  const line = ownLine(context, deps.begun, { name, avoid })
  const result = await createRoleAgent(deps.role, { toolbox: deps.toolbox }).run(line.context)
  const made = { name, models: line.models, trunk: line.trunk(), tests: null, diff: '', result: null, failure: null }
  context.signal.throwIfAborted()
  if (!result.ok)
    return { ...made, lost: `it failed: ${result.failure.message}`.slice(0, 500), failure: result.failure }
  const done = { ...made, result }
  const trunk = line.trunk()
  if (trunk === null) return { ...done, lost: 'it changed nothing' }
  const shown = { ...done, diff: diffOf(result) }
  const tested = await test(context, deps, trunk)
  if (tested === null) return { ...shown, lost: null }
  const { fresh, ...tests } = tested
  const names = fresh.slice(0, 3).join(', ')
  return { ...shown, tests, lost: fresh.length === 0 ? null : `it breaks what passed before: ${names}`.slice(0, 500) }
}

/** The tests on a line; null where the project has none. */
export async function test(context: TaskContext, deps: Omit<CandidateDeps, 'role'>, trunk: Trunk) {
  if (deps.runners.length === 0) return null
  const { packages } = deps.source
  const source = { tree: trunk.hash, commit: trunk.commit, packages }
  const { runners, timeoutSeconds, known } = deps
  const reports = await testTree(context, deps.toolbox, { source, runners, timeoutSeconds })
  if (!reports.some(({ ran }) => ran)) return null
  const failing = failuresOf(reports).map(failure => failure.test)
  const passed = reports.reduce((sum, report) => sum + report.passed, 0)
  return { passed, failed: failing.length, failing, fresh: failing.filter(one => !known.includes(one)) }
}

function ownLine(context: TaskContext, begun: Trunk, { name, avoid }: { name: string; avoid: readonly string[] }) {
  let trunk: Trunk | null = null
  const models: string[] = []
  const own: TaskContext = {
    ...context,
    trunk: async () => trunk ?? begun,
    async merge(expected, next) {
      if ((trunk ?? begun).commit !== expected) return false
      trunk = next
      return true
    },
    async model(ask) {
      const needs = { ...ask.needs, avoid: [...new Set([...ask.needs.avoid, ...avoid])] }
      const answer = await context.model({ ...ask, purpose: `candidate ${name}, ${ask.purpose}`, needs })
      if (!models.includes(answer.model)) models.push(answer.model)
      return answer
    },
  }
  return { context: own, models, trunk: () => trunk }
}

function diffOf({ artifacts }: TaskResult & { ok: true }): string {
  const body = artifacts.find(({ kind }) => kind === 'CodePatch')?.body ?? '{}'
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const patch = CodePatch.safeParse(parseJson(bytes) as Json)
  return patch.success ? (patch.data.diff.text ?? '') : ''
}
