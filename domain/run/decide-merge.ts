/** Decisions about the run's line of commits: what is merged onto it, and what cannot be. */
import { OrreryError } from '../errors.ts'
import { held } from './claims.ts'
import type { Command } from './commands.ts'
import type { Draft } from './draft.ts'

type Of<T extends Command['type']> = Extract<Command, { type: T }>

/** Moves the trunk, if it still stands where the change began. Said twice, it moved once. */
export function mergeChange(draft: Draft, command: Of<'MergeChange'>): void {
  const { expected, commit, trunkCommit, trunkHash, baseCommit, files } = command
  const claim = held(draft.run, command)
  const now = draft.run.trunk?.commit ?? null
  if (now === trunkCommit) return
  if (now !== expected) throw new OrreryError('CONFLICT', `the trunk stands at ${now}, no longer at ${expected}`)
  draft.emit({ type: 'ChangeMerged', data: { ...claim, commit, trunkCommit, trunkHash, baseCommit, files } })
}

/** A change that was found to conflict with a trunk conflicts with it for good: whoever says it again is not heard. */
export function reportConflict(draft: Draft, command: Of<'ReportConflict'>): void {
  const { commit, trunkCommit, mergeBase, files, paths } = command
  const claim = held(draft.run, command)
  const isKnown = draft.run.conflicts.some(
    one => one.taskIndex === claim.taskIndex && one.commit === commit && one.trunkCommit === trunkCommit,
  )
  if (isKnown) return
  const data = { ...claim, commit, trunkCommit, mergeBase, files, paths: firstOf(paths) }
  draft.emit({ type: 'MergeConflicted', data })
}

/** Characters of all names together: an event holds 16 KiB, and a name may be as long as a path can be. */
const mostCharacters = 2_000
const mostPaths = 50

function firstOf(paths: readonly string[]): string[] {
  let left = mostCharacters
  const end = paths.findIndex(path => {
    left -= path.length
    return left < 0
  })
  return paths.slice(0, Math.min(end === -1 ? paths.length : end, mostPaths))
}
