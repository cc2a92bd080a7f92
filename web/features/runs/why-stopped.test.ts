import { expect, test } from 'vitest'
import type { RecordedEvent } from '../../../domain/run/events.ts'
import { stopOf } from './why-stopped.tsx'

let seq = 0
const event = (type: RecordedEvent['type'], data: object = {}): RecordedEvent =>
  ({ type, data, seq: ++seq, at: seq, actor: { kind: 'person', id: 'a', name: 'Ada' } }) as never
const after = (...events: RecordedEvent[]) => events.reduce(stopOf, null)

test('the newest event that stopped it says why, and by whom', () => {
  expect(after(event('RunPaused', { reason: 'lunch' }))).toMatchObject({ by: 'Ada', text: 'lunch' })
  expect(after(event('RunCancelled', { reason: '' }))).toMatchObject({ by: 'Ada', text: 'no reason was given' })
  const failed = event('RunFailed', { error: { message: 'it broke' } })
  expect(after(event('RunPaused', { reason: 'x' }), failed)).toEqual({
    seq: failed.seq,
    by: 'Failed',
    text: 'it broke',
  })
  const asked = event('ApprovalRequested', { title: 'The budget is used up' })
  expect(after(asked, event('TaskReady'))).toEqual({
    seq: asked.seq,
    by: 'Waits for a person',
    text: 'The budget is used up',
  })
})

test('nothing stops it any more once it goes on', () => {
  const stopped = event('RunPaused', { reason: 'lunch' })
  for (const type of ['RunResumed', 'RunReopened', 'ApprovalAnswered', 'ApprovalExpired'] as const)
    expect(after(stopped, event(type))).toBeNull()
})
