/**
 * Refactors without a model: one safe transformation after the other, each kept only where every test that passed still
 * passes. What no test guards is not touched.
 */
import { z } from 'zod'
import { OrreryError } from '../../domain/errors.ts'
import type { Agent, TaskContext, TaskResult } from '../../domain/ports.ts'
import type { ChangeSummary } from '../../domain/work.ts'
import { codePatch } from '../code/patch.ts'
import { runProgram } from '../code/program.ts'
import { failuresOf, testTree } from '../code/test-tree.ts'
import { codeSourceOf } from '../code/trunk.ts'
import { type CodeWorkspace, openCode } from '../code/workspace.ts'
import { attempt } from '../sandboxed/attempt.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'
import { runnerNames } from '../tests/detect.ts'

/** Rules of ESLint that mend what they find, the safest first. */
export const transformations = [
  ...['no-var', 'prefer-const', 'object-shorthand', 'no-useless-rename', 'no-useless-computed-key'],
  ...['no-extra-boolean-cast', 'no-unneeded-ternary', 'no-lonely-if', 'no-else-return', 'no-useless-return'],
  ...['prefer-template', 'prefer-object-spread', 'operator-assignment', 'logical-assignment-operators', 'yoda'],
] as const

const Input = z.object({
  runners: z.array(z.enum(runnerNames)).max(10),
  transformations: z.array(z.enum(transformations)).nullish(),
  timeoutSeconds: z.number().int().min(1).max(3_600).nullish(),
})
const Changed = z.object({ changed: z.array(z.string()) })

export function codeRefactor(toolbox: Toolbox): Agent {
  return {
    name: 'code.refactor',
    title: 'Refactor',
    description:
      'Applies one safe transformation after the other and keeps each only where the tests still pass. Needs no model.',
    capabilities: ['code', 'refactor'],
    workerClass: 'sandbox',
    produces: ['ChangeSummary', 'CodePatch'],
    run: context => attempt(context, () => refactor(context, toolbox)),
  }
}

type Tried = { rule: string; files: number; outcome: 'kept' | 'reverted' | 'nothing' }

async function refactor(context: TaskContext, toolbox: Toolbox): Promise<TaskResult> {
  const parsed = Input.safeParse(context.input)
  if (!parsed.success)
    throw new OrreryError('BAD_INPUT', `the input does not fit; transformations are ${transformations.join(', ')}`)
  const { runners, timeoutSeconds = null, transformations: wanted } = parsed.data
  const source = codeSourceOf(context)
  const code = await openCode(context, toolbox, source)
  const failing = async (tree: string) => {
    const reports = await testTree(context, toolbox, { source: { ...source, tree }, runners, timeoutSeconds })
    return { ran: reports.some(({ passed }) => passed > 0), tests: failuresOf(reports).map(({ test }) => test) }
  }
  try {
    const { treeHash } = await code.step('git', 'Look at the tests first', async () => ({ output: {} }))
    const before = await failing(treeHash ?? source.tree)
    if (!before.ran)
      throw new OrreryError('BAD_INPUT', 'no test passes, so nothing would notice what a transformation breaks', {
        hint: 'Write tests first, for example with the workflow write-tests.',
      })
    const passes = async (tree: string) => (await failing(tree)).tests.every(test => before.tests.includes(test))
    const tried: Tried[] = []
    for (const rule of wanted ?? transformations) tried.push(await tryOut(context, { toolbox, code, rule, passes }))
    return await land(code, tried)
  } finally {
    await code.close()
  }
}

type Trial = { toolbox: Toolbox; code: CodeWorkspace; rule: string; passes: (tree: string) => Promise<boolean> }

async function tryOut(context: TaskContext, { toolbox, code, rule, passes }: Trial): Promise<Tried> {
  const { output, treeHash } = await code.step('eslint', `Apply ${rule}`, async workspace => ({
    output: await runProgram(workspace, toolbox, {
      ...{ program: 'code-transform.mjs', options: { rule } },
      ...{ answer: Changed, signal: context.signal },
    }),
  }))
  const files = Changed.parse(output).changed.length
  if (files === 0) return { rule, files, outcome: 'nothing' }
  if (await passes(treeHash ?? '')) {
    await code.commit(`Apply ${rule}`)
    context.output(`${rule}: ${files} files, kept\n`)
    return { rule, files, outcome: 'kept' }
  }
  await code.step('git', `Take ${rule} back`, async workspace => {
    const argv = [
      'git',
      '-c',
      'core.hooksPath=/dev/null',
      '-c',
      'core.fsmonitor=false',
      'checkout',
      '--quiet',
      '--force',
      'HEAD',
      '--',
      '.',
    ]
    const { exitCode } = await workspace.exec({ argv, cwd: '/work/repo' })
    if (exitCode !== 0) throw new OrreryError('TASK_FAILED', `what ${rule} changed could not be taken back`)
    return { output: {} }
  })
  context.output(`${rule}: ${files} files, a test failed, taken back\n`)
  return { rule, files, outcome: 'reverted' }
}

async function land(code: CodeWorkspace, tried: readonly Tried[]): Promise<TaskResult> {
  const of = (outcome: Tried['outcome']) => tried.filter(one => one.outcome === outcome)
  const [kept, reverted] = [of('kept'), of('reverted')]
  const output = { kept: kept.length, reverted: reverted.length, tried }
  const merged = await code.merge(`Refactor: ${kept.map(({ rule }) => rule).join(', ')}`)
  if (merged.outcome !== 'merged') return { ok: true, output: { ...output, commit: null }, artifacts: [] }
  const summary: ChangeSummary = {
    summary: `Refactor: ${kept.length} transformations were kept, ${reverted.length} were taken back.`,
    changes: merged.patch.files.map(({ path }) => ({ file: path, what: 'transformed' })).slice(0, 200),
    verified: kept.map(({ rule, files }) => ({
      what: `${rule} in ${files} files`,
      how: 'every test that passed before passes',
    })),
    notVerified: ['what no test covers'],
    testsAdded: [],
    simulated: false,
  }
  const commits = [{ commit: merged.commit, message: merged.message }]
  return {
    ok: true,
    output: { ...output, commit: merged.commit },
    artifacts: [
      { kind: 'ChangeSummary', title: 'Refactoring', mediaType: 'application/json', body: JSON.stringify(summary) },
      codePatch({ title: 'Refactoring', patch: merged.patch, commits, simulated: false }),
    ],
  }
}
