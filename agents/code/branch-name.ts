/** Names of branches that Orrery may make in somebody's repository. */
import { OrreryError } from '../../domain/errors.ts'

/** Branches that people build from and release from: never written to, whoever asks. */
const guarded =
  /^(HEAD|main|master|trunk|default|dev|develop|development|next|staging|stable|prod|production|release|gh-pages|(release|releases|hotfix|support|refs)\/.*)$/i

const wellFormed = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}(\/[A-Za-z0-9][A-Za-z0-9._-]{0,99}){0,4}$/

/** The name that was asked for, or `orrery/<workflow>-<run>`. Throws OrreryError BAD_INPUT, FORBIDDEN. */
export function branchName(asked: string | null, workflow: string, runId: string): string {
  const short = runId
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(-8)
    .toLowerCase()
  const name = asked ?? `orrery/${workflow}-${short}`
  if (!wellFormed.test(name) || name.includes('..') || /\.lock(\/|$)|\.(\/|$)/.test(name))
    throw new OrreryError('BAD_INPUT', `${JSON.stringify(name.slice(0, 200))} is not a name for a branch`, {
      hint: 'Use letters, digits, dots and hyphens, for example feature/search.',
    })
  if (guarded.test(name))
    throw new OrreryError('FORBIDDEN', `${name} is a protected branch: results go to a branch of their own`, {
      hint: 'Name another branch, or leave it out.',
    })
  return name
}
