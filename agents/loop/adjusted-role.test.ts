import { expect, test } from 'vitest'
import { reviewer } from '../roles/reviewer.ts'
import { adjustedRole } from './adjusted-role.ts'

const none = { prompts: [], allowedModels: null, withoutTools: [] }
const said = (text: string, replaces = false, role = 'reviewer') => ({ role, text, replaces })

test('a role without a change is the role itself', () => {
  expect(adjustedRole(reviewer, null)).toBe(reviewer)
  const told = adjustedRole(reviewer, { ...none, prompts: [said('Be brief.', false, 'architect')] })
  expect(told).toEqual({ ...reviewer, prompt: reviewer.prompt.trim() })
})

test('words are added after those of the role, or after those that stand in their place', () => {
  const added = adjustedRole(reviewer, { ...none, prompts: [said('One.'), said('Two.')] })
  expect(added.prompt).toBe(`${reviewer.prompt.trim()}\n\nOne.\n\nTwo.`)
  const replaced = adjustedRole(reviewer, { ...none, prompts: [said('Instead.', true), said('And this.')] })
  expect(replaced.prompt).toBe('Instead.\n\nAnd this.')
})

test('tools can be taken away, and no others', () => {
  const { tools } = adjustedRole(reviewer, { ...none, withoutTools: ['shell', 'fetch'] })
  expect(tools).toEqual(reviewer.tools.filter(name => name !== 'shell' && name !== 'fetch'))
  expect(tools).toContain('read')
})
