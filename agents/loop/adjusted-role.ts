/** A role as a run wants it: with other words, or without some tools. */
import type { Adjustments } from '../../domain/fork.ts'
import type { Role } from '../../domain/role.ts'

/** The role itself where nothing about it is changed. Words that are added stand after those that replace the role's own. */
export function adjustedRole(role: Role, adjustments: Adjustments | null): Role {
  if (adjustments === null) return role
  const own = adjustments.prompts.filter(one => one.role === role.name)
  const words = own.findLast(one => one.replaces)?.text ?? role.prompt.trim()
  const added = own.filter(one => !one.replaces).map(one => one.text)
  return {
    ...role,
    prompt: [words, ...added].join('\n\n'),
    tools: role.tools.filter(name => !adjustments.withoutTools.includes(name)),
  }
}
