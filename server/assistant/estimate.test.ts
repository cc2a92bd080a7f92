import { expect, test } from 'vitest'
import { developmentTeam, repositoryTeam } from '../../agents/registry.ts'
import { developmentWorkflows } from '../../agents/workflows/load.ts'
import { agentRegistry } from '../../domain/agent.ts'
import type { Json } from '../../domain/json.ts'
import { parseVariables, parseWorkflow } from '../../domain/validate.ts'
import { type EstimateDeps, estimate } from './estimate.ts'

/** A model that takes a micro-dollar for a token. */
const gateway = {
  list: () => [{ model: { id: 'stub/one' }, usable: true, simulated: false }],
  worstCase: (_: string, { inputTokens, maxOutputTokens }: { inputTokens: number; maxOutputTokens: number }) =>
    inputTokens + maxOutputTokens,
} as unknown as EstimateDeps['gateway']
const reads = { proposals: { pastCost: async () => null } } as unknown as EstimateDeps['reads']
const agents = agentRegistry([...repositoryTeam(), ...developmentTeam()])
const workflows = new Map(developmentWorkflows().map(one => [one.name, parseWorkflow(one)]))
const shortTask = 5 * 6_500

async function lowOf(name: string, given: Json): Promise<number> {
  const workflow = workflows.get(name)
  if (workflow === undefined) throw new Error(`there is no workflow ${name}`)
  const variables = parseVariables(workflow, given)
  const { lowMicros, basis } = await estimate(workflow, false, { gateway, reads, agents, workflows, variables })
  expect(basis).toBe('worst-case')
  return (lowMicros ?? 0) / shortTask
}

const repo = '/srv/shop'

test.each([
  // Reproduce, fix, review: those whom a disagreement calls may not be needed.
  ['fix-bug', { repo }, 3],
  ['write-tests', { repo, objective: 'Cover it.' }, 2],
  // Specification, plan, and one step of it.
  ['build-feature', { repo, objective: 'Build it.' }, 3],
  ['refactor', { repo, objective: 'Tidy it.' }, 2],
  ['refactor', { repo }, 0],
])('%s with %j asks models for at least %i short tasks', async (name, variables, tasks) => {
  expect(await lowOf(name, variables)).toBe(tasks)
})
