/** Files of workflows: those that ship, and what is said of those that are wrong. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseVariables, parseWorkflow } from '../../domain/validate.ts'
import { developmentTeam, repositoryTeam } from '../registry.ts'
import { developmentWorkflows, loadWorkflows, readWorkflow } from './load.ts'

const workflows = developmentWorkflows().map(parseWorkflow)
const agents = [...repositoryTeam(), ...developmentTeam()].map(({ name, workerClass }) => ({
  name,
  workerClass: workerClass as string,
}))

describe('the workflows of development', () => {
  it('are all there', () =>
    expect(workflows.map(({ name }) => name)).toEqual([
      ...['build-feature', 'choose-best', 'fix-bug', 'new-api-service', 'new-data-pipeline', 'new-web-app'],
      ...['refactor', 'research', 'review-change', 'write-tests'],
    ]))

  it.each(workflows)('$name names agents that there are, in the class of workers that they need', ({ steps }) => {
    for (const { agent = '', workerClass } of steps) {
      if (agent === '{item.agent}') continue
      expect(agents).toContainEqual({ name: agent, workerClass })
    }
  })

  it.each(workflows)('$name takes an objective, and begins with no more than it must', workflow => {
    const required = workflow.variables.filter(({ required }) => required).map(({ name }) => [name, 'x'])
    expect(parseVariables(workflow, Object.fromEntries(required))).toMatchObject(Object.fromEntries(required))
  })

  it.each(workflows)('$name refuses an objective that is empty, or too long to be read', workflow => {
    const required = workflow.variables.filter(({ required }) => required).map(({ name }) => [name, 'x'])
    const refusal = (objective: string) => {
      try {
        return parseVariables(workflow, { ...Object.fromEntries(required), objective })
      } catch (error) {
        return String(error)
      }
    }
    expect(refusal(' \n')).toMatch(/objective: is empty$/)
    expect(refusal('a'.repeat(102_400))).toMatch(/objective: is longer than 32000 characters \(102400\)$/)
  })

  it.each(workflows.filter(({ steps }) => steps.some(({ key }) => key === 'review')))(
    '$name counts tests before opinions',
    ({ steps }) => {
      const at = (key: string) => steps.findIndex(step => step.key === key)
      expect(at('tests')).toBeGreaterThan(-1)
      expect(steps[at('review')]?.needs).toContain('tests')
    },
  )
})

describe('a file', () => {
  const text = (...steps: string[]) =>
    `name: x\nversion: 1\ntitle: X\ndescription: d\nsteps:\n${steps.map(step => `  - ${step}\n`).join('')}`
  const faults = (source: string) => {
    const read = readWorkflow(source, 'x.yaml')
    return read.ok ? [] : read.faults.map(({ line, column, message }) => `${line}:${column} ${message}`)
  }

  it('is read', () =>
    expect(readWorkflow(text('{ key: a, title: A, agent: b }'), 'x.yaml')).toMatchObject({
      ok: true,
      workflow: { name: 'x' },
    }))

  it('has every fault told at its place', () => {
    expect(faults(text('{ key: A, title: A, agent: b }', '{ key: b, agent: c, retry: { maxAttempts: 99 } }'))).toEqual([
      expect.stringMatching(/^6:12 steps\.0\.key: is not a key/),
      expect.stringMatching(/^7:5 steps\.1\.title: /),
      expect.stringMatching(/^7:47 steps\.1\.retry\.maxAttempts: /),
    ])
  })

  it('has the faults of its graph told at their steps', () => {
    expect(faults(text('{ key: a, title: A, agent: b, needs: [c] }', '{ key: d, title: D }'))).toEqual([
      expect.stringMatching(/^6:5 steps\.a\.needs: there is no step c/),
      expect.stringMatching(/^7:5 steps\.d: name an agent or a workflow/),
    ])
  })

  it.each(['a: [', 'a: 1\na: 2', '', '[]', '&a [*a, *a]', 'x: *y'])('%j is refused with a place', source => {
    expect(faults(source).length).toBeGreaterThan(0)
    for (const fault of faults(source)) expect(fault).toMatch(/^\d+:\d+ \S/)
  })

  it('is called as its workflow is, and all files are told of at once', () => {
    const directory = mkdtempSync(join(tmpdir(), 'orrery-workflows-'))
    writeFileSync(join(directory, 'y.yaml'), text('{ key: a, title: A, agent: b }'))
    writeFileSync(join(directory, 'z.json'), '{"name": "z"}')
    expect(() => loadWorkflows(directory)).toThrow(
      /^y\.yaml:1:1 it holds the workflow x: call it x\.yaml\nz\.json:1:1 version: /,
    )
    rmSync(directory, { recursive: true })
  })
})
