/** Takes a change that somebody else made into the run: what differs between the trunk and another checkout. */
import { z } from 'zod'
import { OrreryError } from '../../domain/errors.ts'
import type { Agent, TaskContext, TaskResult } from '../../domain/ports.ts'
import { codePatch } from '../code/patch.ts'
import { codeSourceOf } from '../code/trunk.ts'
import { openCode } from '../code/workspace.ts'
import { attempt } from '../sandboxed/attempt.ts'
import { Source } from '../sandboxed/source.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'

const Input = z.object({ change: Source })

export function codeAdopt(toolbox: Toolbox): Agent {
  return {
    name: 'code.adopt',
    title: 'Take in a change',
    description:
      'Puts the difference between what the run began with and another checkout on its trunk, as one commit.',
    capabilities: ['git', 'code'],
    workerClass: 'sandbox',
    produces: ['CodePatch'],
    run: context => attempt(context, () => adopt(context, toolbox)),
  }
}

async function adopt(context: TaskContext, toolbox: Toolbox): Promise<TaskResult> {
  const input = Input.safeParse(context.input)
  if (!input.success)
    throw new OrreryError('BAD_INPUT', 'the input names no change: it must be the output of a checkout')
  const { change } = input.data
  const code = await openCode(context, toolbox, { ...codeSourceOf(context), packages: [] })
  try {
    await code.step('tar', 'Lay the changed files', async workspace => {
      await workspace.exec({
        argv: ['find', '.', '-mindepth', '1', '-maxdepth', '1', '!', '-name', '.git', '-exec', 'rm', '-rf', '{}', '+'],
        cwd: '/work/repo',
      })
      await workspace.unpack('repo', await context.blobs.get(change.tree))
      return { output: {} }
    })
    const merged = await code.merge('The change under review')
    if (merged.outcome !== 'merged')
      throw new OrreryError('BAD_INPUT', 'the two states do not differ: there is nothing to review', {
        hint: 'Name another base.',
      })
    const commits = [{ commit: merged.commit, message: merged.message }]
    const patch = codePatch({ title: 'The change', patch: merged.patch, commits, simulated: false })
    return { ok: true, output: { commit: merged.commit, files: merged.patch.files.length }, artifacts: [patch] }
  } finally {
    await code.close()
  }
}
