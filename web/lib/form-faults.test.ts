import { expect, test } from 'vitest'
import { faultsByField } from './form-faults.ts'

test('each fault is shown at its field', () => {
  expect(
    faultsByField('variables of repository-audit: repo: is required (Where it is); depth: must be at least 1', [
      'repo',
      'depth',
    ]),
  ).toEqual({
    of: { repo: 'is required (Where it is)', depth: 'must be at least 1' },
    rest: '',
  })
})

test('several faults of one field stand together, also those of its elements', () => {
  expect(faultsByField('variables of x: exclude.0: too long; exclude.3: too long', ['exclude']).of).toEqual({
    exclude: 'too long; too long',
  })
})

test('what belongs to no field is the rest', () => {
  expect(faultsByField('there is no project prj_1', ['repo'])).toEqual({ of: {}, rest: 'there is no project prj_1' })
  expect(faultsByField('slug: is taken', ['name'])).toEqual({ of: {}, rest: 'slug: is taken' })
  expect(faultsByField('', ['name'])).toEqual({ of: {}, rest: '' })
})
