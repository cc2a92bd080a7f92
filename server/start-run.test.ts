import { expect, test } from 'vitest'
import { developmentTeam, repositoryTeam } from '../agents/registry.ts'
import { developmentWorkflows } from '../agents/workflows/load.ts'
import { agentRegistry } from '../domain/agent.ts'
import { parseVariables, parseWorkflow } from '../domain/validate.ts'
import { asksModel } from './start-run.ts'

const agents = agentRegistry([...repositoryTeam(), ...developmentTeam()])
const workflows = developmentWorkflows().map(parseWorkflow)
const asks = (name: string, more: object = {}): boolean => {
  const workflow = workflows.find(one => one.name === name)
  if (workflow === undefined) throw new Error(`there is no workflow ${name}`)
  const required = workflow.variables.filter(one => one.required).map(one => [one.name, 'x'])
  return asksModel(workflow, parseVariables(workflow, { ...Object.fromEntries(required), ...more }), agents)
}

test('a refactoring asks a model only where it is given an objective', () => {
  expect(asks('refactor')).toBe(false)
  expect(asks('refactor', { objective: 'Shorter functions.' })).toBe(true)
})

test.each(workflows.map(({ name }) => name).filter(name => name !== 'refactor'))('%s asks a model', name =>
  expect(asks(name)).toBe(true),
)
