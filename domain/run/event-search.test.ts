import { expect, test } from 'vitest'
import { holderOf, patternOf, searchedText } from './event-search.ts'
import type { RecordedEvent } from './events.ts'
import { createHistory, workflows } from './history.ts'

const { events } = createHistory(workflows.single, {
  start: { actor: { kind: 'person', id: 'p', name: 'Ada Lovelace' } },
})
const [first] = events
if (first === undefined) throw new Error('a history begins with an event')
const saying = (data: object): RecordedEvent => ({ ...first, data: { ...first.data, ...data } }) as RecordedEvent
const found = (text: string, event: RecordedEvent = first) => holderOf(searchedText(text))(event)

test('the type, who it was, and all of the data are looked at, in any case', () => {
  for (const text of ['runstarted', 'LOVELACE', 'started Ada', 'echo', 'workflowversion', 'Single'])
    expect([text, events.some(event => found(text, event))]).toEqual([text, true])
  expect(found('nobody')).toBe(false)
})

test('a text is no pattern', () => {
  expect(found('.*')).toBe(false)
  expect(found('[a-z]')).toBe(false)
  for (const text of ['a.b*c', '(x|y)', '^$', 'C:\\temp', '{2,3}', '50%_off', 'a/b'])
    expect([text, found(text, saying({ title: `before ${text} after` }))]).toEqual([text, true])
})

test('what JSON writes otherwise is found as it was', () => {
  expect(found('say "hi"', saying({ title: 'They say "hi" twice' }))).toBe(true)
  expect(found('one\ntwo', saying({ title: 'zero one\ntwo' }))).toBe(true)
  expect(found('שלום', saying({ title: 'אמר שלום לכולם' }))).toBe(true)
  expect(found('ÉCOLE', saying({ title: 'une école' }))).toBe(true)
})

test('what no event can hold is cleaned away, and spaces around', () => {
  expect(searchedText('  \u202eab\u0007c ')).toBe('abc')
  expect(searchedText(' \n\t ')).toBe('')
  expect(found('a\0b', saying({ title: 'a\uFFFDb' }))).toBe(true)
})

test('a pattern tells where the text stands, also where letters grow in small', () => {
  expect('İx İX'.search(patternOf('x'))).toBe(1)
  expect([...'One one'.matchAll(patternOf('ONE', 'g'))].map(({ index }) => index)).toEqual([0, 4])
})
