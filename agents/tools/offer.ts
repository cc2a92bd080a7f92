/** Which tools a task's model is told of: those that its role names and that can work here. What cannot work is not offered. */
import type { ToolName } from '../../domain/role.ts'
import { fileTools } from './files.ts'
import { type Commit, gitTools } from './git.ts'
import { type Network, networkTools } from './network.ts'
import { peopleTools } from './people.ts'
import { readMoreTool } from './read-more.ts'
import { shellTool } from './shell.ts'
import { testTool } from './tests.ts'
import type { Tool } from './tool.ts'

export type Here = {
  /** Whether there is a tree to work on. */
  source: boolean
  commit: Commit | null
  network: Network
}

/** In the order of `names`, which stays the same for a role: what a provider caches begins with the tools. */
export function offeredTools(names: readonly ToolName[], { source, commit, network }: Here): readonly Tool[] {
  const onTree = source ? [...fileTools, shellTool, testTool, ...gitTools(commit)] : []
  const available = [...onTree, ...networkTools(network), ...peopleTools]
  const chosen = names.flatMap(name => available.filter(tool => tool.name === name))
  // Any of them may give more than is shown at once.
  return [...new Set([...chosen, readMoreTool])]
}
