import { describe, expect, it } from 'vitest'
import { fromGlobalId, toGlobalId, uuidOf, uuidv7 } from './ids.ts'
import { cleanJson, cleanText } from './run/clean.ts'
import { eventSchemas, eventTypes } from './run/events.ts'
import { criticalPath, findCycle, withDescendants } from './run/plan.ts'
import { parseVariables, parseWorkflow } from './validate.ts'

const step = (key: string, more: object = {}) => ({ key, title: key, agent: 'echo', ...more })
const workflow = (steps: object[], more: object = {}) =>
  ({ name: 'w', version: 1, title: 'W', description: '', steps, ...more }) as never

describe('a workflow', () => {
  it('is refused with every fault at once', () => {
    const faulty = () =>
      parseWorkflow(
        workflow([
          step('a', { needs: ['nowhere'] }),
          step('a'),
          step('b', { workflow: 'x' }),
          step('c', { forEach: 'tasks.b.output.list' }),
          { key: 'd', title: 'd' },
        ]),
      )
    expect(faulty).toThrow(
      /steps\.a: the key stands twice.*there is no step nowhere.*steps\.b: name an agent or a workflow.*steps\.c: refers to tasks\.b without needing it.*steps\.d: name an agent/s,
    )
  })
  it('is refused for a cycle, which is named, and for a shape that it does not know', () => {
    expect(() =>
      parseWorkflow(workflow([step('a', { needs: ['c'] }), step('b', { needs: ['a'] }), step('c', { needs: ['b'] })])),
    ).toThrow('a cycle of needs: a → c → b → a')
    expect(() => parseWorkflow(workflow([step('A b', { colour: 1 })], { version: 0 }))).toThrow(/version.*steps\.0/s)
  })
})

describe('variables', () => {
  const parsed = parseWorkflow(
    workflow([step('a')], {
      variables: [
        { name: 'repo', type: 'string', description: 'Where the code is', required: true },
        { name: 'depth', type: 'integer', description: '', default: 3, minimum: 1, maximum: 9 },
        { name: 'only', type: 'string[]', description: '', enum: ['lint', 'types'] },
      ],
    }),
  )
  it('get their defaults', () =>
    expect(parseVariables(parsed, { repo: '.' })).toEqual({ repo: '.', depth: 3, only: null }))
  it.each([
    [{}, /repo: is required \(Where the code is\)/],
    [
      { repo: 7, depth: 0.5, only: ['lint', 'x'], other: 1 },
      /other: is not a variable of this workflow.*repo: .*depth: .*only\.1: /s,
    ],
    [{ repo: 'a\0b' }, /repo: holds a NUL/],
    [[], /must be an object/],
    [null, /must be an object/],
  ])('%j is refused with every fault', (given, message) =>
    expect(() => parseVariables(parsed, given as never)).toThrow(message as RegExp),
  )
})

describe('the plan', () => {
  it('finds cycles, descendants and the critical path', () => {
    expect(findCycle([[], [0], [1]])).toBeNull()
    expect(findCycle([[0]])).toEqual([0, 0])
    expect(withDescendants([[], [0], [], [1, 2]], [0])).toEqual([0, 1, 3])
    expect(criticalPath([[], [0], [0], [1, 2]], [1, 5, 2, 1])).toEqual([0, 1, 3])
    expect(criticalPath([], [])).toEqual([])
  })
})

describe('ids', () => {
  it('go out and come back, and are refused where they are none or of another type', () => {
    const uuid = uuidv7(1_700_000_000_000, new Uint8Array(10).fill(255))
    expect(uuid).toMatch(/^018bcfe5-6800-7fff-bfff-ffffffffffff$/)
    expect(fromGlobalId(toGlobalId('Run', uuid))).toEqual({ type: 'Run', uuid })
    expect(() => uuidOf('Project', toGlobalId('Run', uuid))).toThrow(/is the id of a Run/)
    for (const bad of ['', 'run_', 'RUN_018bcfe568007fffbfffffffffffffff', "run_'; drop", `xxx_${'0'.repeat(32)}`])
      expect(() => fromGlobalId(bad)).toThrow(/is not an id/)
  })
})

describe('text from outside', () => {
  it('loses what could rewrite a screen or break the store, and nothing else', () => {
    expect(cleanText('a\u202eb\0c\u001b[31m\td\n\ud800é😀')).toBe('ab\ufffdc[31m\td\n\ufffdé😀')
    const clean = { a: ['x\n', 1, null] }
    expect(cleanJson(clean)).toBe(clean)
    expect(cleanJson({ 'k\0': 'v\u0007' })).toEqual({ 'k\ufffd': 'v' })
  })
})

describe('the vocabulary', () => {
  it('gives a field name the same schema in every event', () => {
    const seen = new Map<string, { json: string; type: string }>()
    for (const type of eventTypes) {
      for (const [field, schema] of Object.entries(eventSchemas[type].shape)) {
        const meta = (schema as { meta?: () => object | undefined }).meta?.() ?? {}
        const def = (schema as { _zod: { def: { type: string } } })._zod.def
        const json = JSON.stringify([meta, def.type === 'enum' ? 'string' : def.type])
        const before = seen.get(field)
        if (before !== undefined) expect(`${field} in ${type}: ${json}`).toBe(`${field} in ${type}: ${before.json}`)
        seen.set(field, { json, type })
      }
    }
  })
})
