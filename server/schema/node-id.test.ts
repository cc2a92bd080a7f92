import { expect, test } from 'vitest'
import { fromNodeId, taskKey, toNodeId } from './node-id.ts'

const uuid = '0199c1d2-0000-7000-8000-00000000000a'
const hex = uuid.replaceAll('-', '')

test.each([
  ['Run', uuid, `run_${hex}`],
  ['Project', uuid, `prj_${hex}`],
  ['Task', taskKey(uuid, 0), `tsk_${hex}_0`],
  ['Task', taskKey(uuid, 120), `tsk_${hex}_120`],
])('%s %s is %s, there and back', (type, key, id) => {
  expect(toNodeId(type, key)).toBe(id)
  expect(fromNodeId(id)).toEqual({ typename: type, id: key })
})

test.each([
  '',
  'run_',
  `run_${hex}0`,
  `tsk_${hex}`,
  `tsk_${hex}_01`,
  `tsk_${hex}_-1`,
  `xyz_${hex}`,
  `run_${hex.toUpperCase()}`,
  `run_${hex}_1`,
  'Run:1',
  '\0',
])('%j is no id', id => {
  expect(() => fromNodeId(id)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }))
})
