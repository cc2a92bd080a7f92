import { expect, test } from 'vitest'
import { parseWorkflow } from './validate.ts'
import type { WorkflowInput } from './workflow.ts'
import { missingSurroundings } from './workflow-surroundings.ts'

const known = {
  agents: new Map([['writer', { name: 'writer', capabilities: ['writing'], produces: ['SpecDoc'] }]]),
  workflows: new Map([['other', null]]),
}
const faultsOf = (...steps: Omit<WorkflowInput['steps'][number], 'title'>[]) =>
  missingSurroundings(
    parseWorkflow({
      name: 'mine',
      version: 1,
      title: 'Mine',
      description: '',
      steps: steps.map(step => ({ ...step, title: step.key })),
    }),
    known,
  )

test('what is there is no fault', () => {
  expect(
    faultsOf(
      { key: 'a', agent: 'writer', produces: ['SpecDoc'], requires: ['writing'], budgetShare: 0.6 },
      { key: 'b', workflow: 'other', needs: ['a'], budgetShare: 0.4 },
      { key: 'c', agent: '{item.agent}', needs: ['a'], forEach: 'tasks.a.output.list' },
    ),
  ).toEqual([])
})

test('every fault is told with its path', () => {
  expect(
    faultsOf(
      { key: 'a', agent: 'nobody' },
      { key: 'b', workflow: 'nothing' },
      { key: 'c', agent: 'writer', requires: ['coding'], produces: ['Plan', 'Poem'], reads: ['Song'] },
      { key: 'd', agent: 'writer', gate: { kind: 'Dance', minScore: 0.5 }, budgetShare: 0.7 },
      { key: 'e', agent: 'writer', budgetShare: 0.7 },
    ),
  ).toEqual([
    { path: 'steps.a.agent', message: 'there is no agent nobody' },
    { path: 'steps.b.workflow', message: 'there is no workflow nothing' },
    { path: 'steps.c.requires', message: 'writer is not capable of coding' },
    { path: 'steps.c.produces', message: 'writer makes no Plan' },
    { path: 'steps.c.reads', message: 'there is no kind of artifact Song' },
    { path: 'steps.c.produces', message: 'there is no kind of artifact Poem' },
    { path: 'steps.d.gate.kind', message: 'there is no kind of artifact Dance' },
    { path: 'steps', message: 'the budget shares add up to 140 % of the budget' },
  ])
})
