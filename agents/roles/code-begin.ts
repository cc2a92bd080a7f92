/** Lays the structure from which a new project begins: files, scripts, and tests that run. */
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { OrreryError } from '../../domain/errors.ts'
import type { Agent, TaskContext, TaskResult } from '../../domain/ports.ts'
import { mostTreeBytes } from '../code/program.ts'
import { within } from '../code/trunk.ts'
import { attempt } from '../sandboxed/attempt.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'

const structures = fileURLToPath(new URL('../structures', import.meta.url))
const Input = z.object({ structure: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/) })

export function codeBegin(toolbox: Toolbox): Agent {
  return {
    name: 'code.begin',
    title: 'Begin',
    description:
      'Lays the structure from which a new project begins: files, scripts, and tests that run without a package.',
    capabilities: ['code'],
    workerClass: 'sandbox',
    produces: [],
    run: context => attempt(context, () => begin(context, toolbox)),
  }
}

async function begin(context: TaskContext, toolbox: Toolbox): Promise<TaskResult> {
  const input = Input.safeParse(context.input)
  const known = existsSync(structures) ? readdirSync(structures) : []
  if (!input.success || !known.includes(input.data.structure))
    throw new OrreryError('BAD_INPUT', `the input names no structure: one of ${known.join(', ')}`)
  const { structure } = input.data
  const record = await context.journal('cp', `Lay the structure ${structure}`, () =>
    within(
      context,
      toolbox,
      async workspace => {
        await workspace.exec({ argv: ['cp', '-r', `/opt/structures/${structure}`, '/work/repo'] })
        const { hash } = await context.blobs.put(await workspace.pack('repo', mostTreeBytes))
        return { output: { structure }, treeHash: hash }
      },
      { mounts: [{ hostPath: structures, path: '/opt/structures' }] },
    ),
  )
  return { ok: true, output: { tree: record.treeHash, commit: null, packages: [], structure }, artifacts: [] }
}
