import { expect, test } from 'vitest'
import { toolNames } from '../../domain/role.ts'
import { toolCatalogue } from './catalogue.ts'

test('every tool that a role can name is told of', () => {
  expect([...toolCatalogue.keys()].sort()).toEqual([...toolNames].sort())
  for (const { description } of toolCatalogue.values()) expect(description.length).toBeGreaterThan(10)
})
