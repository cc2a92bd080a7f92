/**
 * What every driver of a sandbox keeps, as cases that any test runner can run. A new driver is a driver when all of these pass
 * against it.
 */
import { commands } from './commands.ts'
import type { ContractCase } from './contract-case.ts'
import { files } from './files.ts'
import { lifetimes } from './lifetimes.ts'
import { limits } from './limits.ts'
import { mounts } from './mounts.ts'

export const sandboxContract: readonly ContractCase[] = [...commands, ...lifetimes, ...limits, ...files, ...mounts]
