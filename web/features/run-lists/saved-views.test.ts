import { expect, test } from 'vitest'
import { createSavedViews } from './saved-views.ts'

function storage(initial: string | null = null) {
  let kept = initial
  return {
    getItem: () => kept,
    setItem: (_: string, value: string) => {
      kept = value
    },
  }
}

test('a view is kept, replaced under its name, and taken away', () => {
  const place = storage()
  const views = createSavedViews(place)
  views.save({ name: 'Broken', search: { status: 'FAILED' } })
  views.save({ name: 'Broken', search: { status: 'FAILED', q: 'shop' } })
  expect(createSavedViews(place).get()).toEqual([{ name: 'Broken', search: { status: 'FAILED', q: 'shop' } }])
  views.remove('Broken')
  expect(createSavedViews(place).get()).toEqual([])
})

test.each(['', '{', '[1, null, {"name": ""}]', '{"a": 1}', null])('%j holds no view', text => {
  expect(createSavedViews(storage(text)).get()).toEqual([])
})

test('of what was kept only what makes sense comes back', () => {
  const text = JSON.stringify([{ name: 'Odd', search: { status: 'NONSENSE', q: 'x', other: 1 } }])
  expect(createSavedViews(storage(text)).get()).toEqual([{ name: 'Odd', search: { q: 'x' } }])
})

test('where nothing may be kept, it lasts as long as the page', () => {
  const views = createSavedViews({
    getItem: () => {
      throw new Error('forbidden')
    },
    setItem: () => {
      throw new Error('forbidden')
    },
  })
  views.save({ name: 'Mine', search: {} })
  expect(views.get()).toEqual([{ name: 'Mine', search: {} }])
})
