import { expect, test } from 'vitest'
import { type PaletteItem, rank } from './rank.ts'

const item = (group: PaletteItem['group'], title: string, note = ''): PaletteItem => ({
  id: `${group} ${title}`,
  group,
  title,
  note,
  icon: 'search',
  run() {},
})
const items = [
  item('Places', 'Home', 'What is at work'),
  item('Actions', 'Pause the run'),
  item('Runs', 'Audit of the home page'),
  item('Runs', 'Homework'),
  item('Projects', 'shop', 'a home for orders'),
  item('Agents', 'code-generator (a+b)'),
]
const titles = (typed: string) => rank(items, typed).map(({ title }) => title)

test('what begins with it comes before what holds it, and the group of the best comes first', () => {
  expect(titles('home')).toEqual(['Homework', 'Audit of the home page', 'Home', 'shop'])
})

test('every word must be there, in any order', () => {
  expect(titles('page audit')).toEqual(['Audit of the home page'])
  expect(titles('audit nothing')).toEqual([])
})

test('a group is found by its own name', () => {
  expect(titles('projects')).toEqual(['shop'])
})

test('signs are signs', () => {
  expect(titles('(a+b)')).toEqual(['code-generator (a+b)'])
  expect(titles('[')).toEqual([])
})

test('nothing typed shows where one can go and what can be done', () => {
  expect(titles('  ')).toEqual(['Home', 'Pause the run'])
})

test('of many of a kind the best few are shown', () => {
  const many = Array.from({ length: 40 }, (_, index) => item('Runs', `Audit ${index}`))
  expect(rank(many, 'audit').length).toBe(8)
})
