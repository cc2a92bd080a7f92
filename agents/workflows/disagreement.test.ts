/** What becomes of a change that its author and its reviewer cannot agree on, as the shipped workflows decide it. */
import { describe, expect, it } from 'vitest'
import type { Json } from '../../domain/json.ts'
import { createHistory, type History } from '../../domain/run/history.ts'
import { isRunEnded, type Task } from '../../domain/run/state.ts'
import { parseVariables, parseWorkflow } from '../../domain/validate.ts'
import { developmentWorkflows } from './load.ts'

const workflows = developmentWorkflows().map(parseWorkflow)
const disputed = ['build-feature', 'fix-bug', 'refactor', 'write-tests']

type Course = { verdict: 'approve' | 'changes'; isLost?: boolean }

/** What each step gives where all but the review goes well. */
function outputOf({ key }: Task, verdict: Course['verdict']): Json {
  switch (key) {
    case 'plan':
      return { steps: [{ key: 'one', title: 'One', agent: 'code-generator', goal: 'Do it.' }] }
    case 'red':
      return { outcome: 'failed', failed: 1 }
    case 'tests':
    case 'retest':
      return { outcome: 'passed', failed: 0, fixed: 1 }
    case 'review':
    case 'rereview':
      return { verdict }
    case 'field':
      return { candidates: [{ name: 'A' }, { name: 'B' }], judges: [{ name: 'Judge 1' }] }
    case 'choose':
    case 'rework':
      return { commit: 'c'.repeat(40) }
    default:
      return {}
  }
}

/** Does whatever is ready, and says yes to whatever is asked, until the run has ended. */
function carryOut(name: string, { verdict, isLost = false }: Course): History {
  const workflow = workflows.find(one => one.name === name)
  if (workflow === undefined) throw new Error(`there is no workflow ${name}`)
  const history = createHistory(workflow, {
    variables: parseVariables(workflow, { repo: '/srv/shop', objective: 'X.' }),
  })
  while (!isRunEnded(history.run.status)) {
    const task = history.run.tasks.find(({ status }) => status === 'READY')
    const open = history.run.approvals.find(({ status }) => status === 'OPEN')
    if (task !== undefined) {
      history.claim(task.index)
      if (task.key === 'choose' && isLost) history.fail(task.index, false)
      else history.finish(task.index, outputOf(task, verdict))
    } else if (open !== undefined)
      history.say({ type: 'AnswerApproval', approvalId: open.id, answer: { approve: true } })
    else throw new Error('nothing goes on')
  }
  return history
}

const statusOf = (history: History, key: string) => history.run.tasks.find(task => task.key === key)?.status

describe.each(disputed)('%s', name => {
  it('puts to nobody else what its review is content with', () => {
    const history = carryOut(name, { verdict: 'approve' })
    expect(['field', 'choose', 'publish'].map(key => statusOf(history, key))).toEqual([
      'SKIPPED',
      'SKIPPED',
      'SUCCEEDED',
    ])
    expect(history.run.status).toBe('SUCCEEDED')
  })

  it('has others try, and judges choose, where its review is not content after two more rounds', () => {
    const history = carryOut(name, { verdict: 'changes' })
    const reviews = history.run.tasks.filter(({ uses }) => uses === 'reviewer')
    expect(reviews.at(-1)).toMatchObject({ status: 'SUCCEEDED', round: 2 })
    const order = ['field', 'candidates/0', 'candidates/1', 'judges/0', 'choose', 'publish']
    const ends = history.events.flatMap(event => (event.type === 'TaskSucceeded' ? [keyOf(history, event.data)] : []))
    expect(ends.filter(key => order.includes(key))).toEqual(order)
    expect(history.run.status).toBe('SUCCEEDED')
  })

  it('publishes nothing where none of the others is left', () => {
    const history = carryOut(name, { verdict: 'changes', isLost: true })
    expect([statusOf(history, 'publish'), history.run.status]).toEqual(['SKIPPED', 'FAILED'])
    expect(history.run.error?.message).toMatch(/^Choose: /)
  })
})

const keyOf = ({ run }: History, { taskIndex }: { taskIndex: number }): string => run.tasks[taskIndex]?.key ?? ''
