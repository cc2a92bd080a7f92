import { expect, test } from 'vitest'
import type { RecordedEvent } from '../../../domain/run/events.ts'
import { decisionOf } from './decisions.ts'

const said = (type: RecordedEvent['type'], data: object) => decisionOf({ type, data } as never)

test.each([
  ['ApprovalRequested', { approvalKind: 'budget', title: 'used up' }, { text: 'used up', stops: true }],
  ['ApprovalRequested', { approvalKind: 'plan', title: 'a plan' }, null],
  ['ModelFellBack', { model: 'b', fromModel: 'a', reason: 'busy' }, { text: 'b instead of a: busy', stops: false }],
  ['TaskFailed', { error: { code: 'BUDGET_EXCEEDED', message: 'too dear' } }, { text: 'too dear', stops: true }],
  ['TaskFailed', { error: { code: 'TASK_FAILED', message: 'it broke' } }, null],
  ['RunPaused', { reason: '' }, { text: 'paused', stops: true }],
  ['RunResumed', { reason: 'fed' }, { text: 'fed', stops: false }],
  ['ToolCallStarted', {}, null],
] as const)('%s with %j', (type, data, decision) => {
  expect(said(type, data)).toEqual(decision)
})
