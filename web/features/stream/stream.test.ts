import { expect, test } from 'vitest'
import { createTokenLane } from '../../../queues/token-lane.ts'
import { team } from '../../stories/team.ts'
import { isTold, partsOf, textOf } from './entries.ts'
import { liveCallOf } from './lane.ts'

test('what a model says while it says it is read as it is written', () => {
  let text = 'Checked out.\n'
  const lane = createTokenLane(more => {
    text += more
  })
  expect(liveCallOf(text)).toBeNull()
  const first = lane.begin('turn 1', 'a/good')
  first.write({ type: 'text', text: 'Hello.' })
  first.end()
  const call = lane.begin('turn 2', 'b/plain')
  expect(liveCallOf(text)).toEqual({ purpose: 'turn 2', model: 'b/plain', sections: [] })
  call.write({ type: 'thinking', text: 'A bucket ' })
  call.write({ type: 'thinking', text: 'per key.' })
  call.write({ type: 'text', text: 'I write [it] now' })
  call.write({ type: 'tool-call', id: 'call_abc123', name: 'write', json: '{"path":' })
  call.write({ type: 'tool-call', id: 'call_abc123', name: 'write', json: '"a.ts"}' })
  const sections = liveCallOf(text)?.sections ?? []
  expect(sections.map(({ kind, name, text }) => [kind, name, text.trim()])).toEqual([
    ['thinking', 'thinks', 'A bucket per key.'],
    ['text', 'says', 'I write [it] now'],
    ['call', 'write', '{"path":"a.ts"}'],
  ])
})

test('a reply is read part by part, and what is kept elsewhere is said to be', () => {
  const replies = team().flatMap(event => (event.type === 'ModelCallFinished' ? [partsOf(event.data.output)] : []))
  expect(replies[0]?.map(part => part.kind)).toEqual(['thinking', 'text', 'call'])
  expect(partsOf({ $blob: 'a' })).toEqual([{ kind: 'elsewhere' }])
  expect(partsOf([{ type: 'moon' }, null, 'x'])).toEqual([])
  expect([textOf('a'), textOf({ text: 'b' }), textOf({ lines: 1 }), textOf([])]).toEqual(['a', 'b', null, null])
})

test('the conversation has no planning and no bookkeeping in it', () => {
  const types = new Set(
    team()
      .filter(isTold)
      .map(event => event.type),
  )
  expect(types.has('HandoffOffered') && types.has('MessageSent') && types.has('ToolCallFinished')).toBe(true)
  expect(types.has('TaskPlanned') || types.has('ModelRouted')).toBe(false)
})
