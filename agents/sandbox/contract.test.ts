import { describe, test } from 'vitest'
import { createBubblewrap } from './bubblewrap.ts'
import { sandboxContract } from './contract.ts'
import { findBwrap, stateDirectory } from './testing.ts'

describe('the bubblewrap driver keeps the contract of a sandbox', () => {
  const sandbox = createBubblewrap({ bwrapPath: findBwrap(), stateDir: stateDirectory() })
  for (const { name, run } of sandboxContract) test(name, () => run(sandbox))
})
