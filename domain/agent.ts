import type { Agent } from './ports.ts'

/** The agents of this installation by name. Built once in the composition root; two agents of one name are refused. */
export function agentRegistry(agents: readonly Agent[]): ReadonlyMap<string, Agent> {
  const byName = new Map<string, Agent>()
  for (const agent of agents) {
    if (byName.has(agent.name)) throw new Error(`two agents are called ${agent.name}`)
    byName.set(agent.name, agent)
  }
  return byName
}
