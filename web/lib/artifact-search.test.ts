import { expect, test } from 'vitest'
import { leaveArtifact, parseArtifactSearch } from './artifact-search.ts'

const whole = {
  ...{ artifact: 'art_1', base: 'art_2', file: 'src/a.ts', hunk: 3, layout: 'split', space: 'ignore' },
  ...{ finding: 2, find: 'src/', severity: 'error,info' },
}

test('what is well formed is taken', () => {
  expect(parseArtifactSearch(whole)).toEqual(whole)
})

test('the rest is dropped', () => {
  expect(
    parseArtifactSearch({ artifact: 4, base: [], file: 7, hunk: 0, layout: 'x', space: 1, finding: -1, find: 7 }),
  ).toEqual({ find: '7' })
})

test('another artifact begins at its beginning, drawn as this one was', () => {
  expect(leaveArtifact({ ...parseArtifactSearch(whole), tab: 'artifacts' })).toEqual({
    ...{ artifact: 'art_1', layout: 'split', space: 'ignore', tab: 'artifacts' },
  })
})
