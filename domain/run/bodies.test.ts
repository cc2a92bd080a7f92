import { expect, test } from 'vitest'
import type { Json } from '../json.ts'
import { bodiesOf } from './bodies.ts'
import type { EventType } from './events.ts'

const [one, two, three] = ['a', 'b', 'c'].map(letter => letter.repeat(64)) as [string, string, string]
const of = (type: EventType, data: { [field: string]: Json }) => bodiesOf({ type, data } as never)

test.each<[string, EventType, { [field: string]: Json }, object[]]>([
  ['a long reply', 'ModelCallFinished', { output: { $blob: one } }, [{ field: 'output', hash: one, kind: 'json' }]],
  [
    'what a tool said, the whole of it, and the files after it',
    'ToolCallFinished',
    { output: { isError: false, handles: [two] }, outputHash: one, treeHash: three },
    [
      { field: 'handles', hash: two, kind: 'text' },
      { field: 'outputHash', hash: one, kind: 'text' },
      { field: 'treeHash', hash: three, kind: 'tree' },
    ],
  ],
  ['the same twice', 'ToolCallFinished', { output: { handles: [one, one] }, outputHash: one }, [expect.anything()]],
  ['the files of a run', 'ChangeMerged', { trunkHash: one }, [{ field: 'trunkHash', hash: one, kind: 'tree' }]],
  ['nothing', 'ToolCallFinished', { output: null, outputHash: null, treeHash: null }, []],
  ['hashes of what is no blob', 'ModelCallStarted', { promptHash: one }, []],
  ['what has another form', 'TaskSucceeded', { output: { $blob: 4, handles: [one] } }, []],
  ['a path', 'TaskSucceeded', { output: { $blob: '../../etc/passwd' } }, []],
])('%s of %s', (_, type, data, expected) => {
  expect(of(type, data)).toEqual(expected)
})
