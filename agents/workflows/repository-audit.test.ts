import { describe, expect, it } from 'vitest'
import { parseVariables, parseWorkflow } from '../../domain/validate.ts'
import { repositoryTeam } from '../registry.ts'
import { repositoryAudit } from './repository-audit.ts'

const workflow = parseWorkflow(repositoryAudit)
const agents = repositoryTeam()

describe('the workflow of an audit', () => {
  it('names agents that there are, in the class of workers that they need', () => {
    for (const { agent = '', workerClass } of workflow.steps) {
      const candidates = agents.filter(({ name }) =>
        agent.endsWith('{item}') ? name.startsWith(agent.slice(0, -'{item}'.length)) : name === agent,
      )
      expect(candidates).not.toEqual([])
      for (const candidate of candidates) expect(candidate.workerClass).toBe(workerClass)
    }
  })

  it('takes a repository, and refuses what is none of its variables', () => {
    expect(parseVariables(workflow, { repo: '/srv/p' })).toEqual({ repo: '/srv/p', ref: null, testTimeoutSeconds: 120 })
    expect(() => parseVariables(workflow, {})).toThrow('repo: is required')
    expect(() => parseVariables(workflow, { repo: '/srv/p', branch: 'x' })).toThrow('branch: is not a variable')
    expect(() => parseVariables(workflow, { repo: '/srv/p', testTimeoutSeconds: 0 })).toThrow('testTimeoutSeconds')
  })

  it('gives a task more time than its tests may take', () => {
    const seconds = workflow.variables.find(({ name }) => name === 'testTimeoutSeconds')?.maximum ?? 0
    expect(workflow.steps.find(({ key }) => key === 'tests')?.timeoutMs).toBeGreaterThan(seconds * 1_000)
  })
})
