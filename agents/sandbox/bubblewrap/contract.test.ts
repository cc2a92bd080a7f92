import { describe, test } from 'vitest'
import { sandboxContract } from '../contract/contract.ts'
import { testSandbox } from '../testing.ts'

describe('the bubblewrap driver keeps the contract of a sandbox', () => {
  const sandbox = testSandbox()
  for (const { name, run } of sandboxContract) test(name, () => run(sandbox))
})
