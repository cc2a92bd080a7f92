import { expect, test } from 'vitest'
import { agentFamily } from './agent-mark.tsx'

test.each([
  ['architect', 'plan'],
  ['code-generator', 'make'],
  ['code.tests', 'test'],
  ['test.runner', 'test'],
  ['test-writer', 'test'],
  ['reviewer', 'review'],
  ['debugger', 'mend'],
  ['code.refactor', 'mend'],
  ['researcher', 'look'],
  ['analyzer.lint', 'look'],
  ['git.checkout', 'carry'],
  ['code.publish', 'carry'],
  ['', 'carry'],
])('%j belongs to the family that %ss', (name, family) => {
  expect(agentFamily(name)).toBe(family)
})
