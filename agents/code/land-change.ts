/** Brings a finished tree onto the trunk: merged where it can be, resolved by somebody else where it conflicts. */
import type { ArtifactDraft } from '../../domain/artifact.ts'
import type { TaskContext } from '../../domain/ports.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'
import { type MergeRequest, mergeInto } from './merge.ts'
import { codePatch } from './patch.ts'
import { resolveConflict } from './resolve.ts'

export type LandedChange = {
  /** On the trunk; null where there was nothing to change. */
  commit: string | null
  patch: ArtifactDraft | null
}

export async function landChange(
  context: TaskContext,
  toolbox: Toolbox,
  request: Omit<MergeRequest, 'taskLine'>,
): Promise<LandedChange> {
  const title = request.message.split('\n')[0] ?? ''
  const merged = await mergeInto(context, toolbox, { ...request, taskLine: `Orrery-Task: ${context.taskIndex}` })
  switch (merged.outcome) {
    case 'nothing':
      return { commit: null, patch: null }
    case 'merged': {
      const { patch } = merged
      const commits = [{ commit: patch.commit, message: title }]
      return { commit: patch.commit, patch: codePatch({ title, patch, commits, simulated: context.simulated }) }
    }
    case 'conflict':
      return resolveConflict(context, { title, files: merged.files, at: merged.trunk })
  }
}
