/** What the cases of the contract share. They need no test runner, so that any user can run them anywhere. */
import assert from 'node:assert/strict'
import { type ErrorCode, OrreryError } from '../../../domain/errors.ts'
import type { ExecResult, Sandbox, Workspace, WorkspaceRequest } from '../../../domain/ports.ts'

/** One promise: `run` opens its own workspaces and throws where it is broken. */
export type ContractCase = { name: string; run(sandbox: Sandbox): Promise<void> }

export const text = (bytes: Uint8Array) => Buffer.from(bytes).toString()

/** Opens a workspace for as long as `use` lasts. */
export async function within<T>(
  sandbox: Sandbox,
  use: (workspace: Workspace) => Promise<T>,
  request: Partial<WorkspaceRequest> = {},
): Promise<T> {
  const workspace = await sandbox.open({ label: 'contract', ...request })
  try {
    return await use(workspace)
  } finally {
    await workspace.close()
  }
}

/** Runs a script of the shell. */
export const sh = (workspace: Workspace, script: string, options: object = {}): Promise<ExecResult> =>
  workspace.exec({ argv: ['sh', '-c', script], ...options })

/** Asserts that an attempt ends in an OrreryError of this code. */
export async function refuses(code: ErrorCode, attempt: () => Promise<unknown>): Promise<void> {
  await assert.rejects(attempt, error => {
    assert.ok(error instanceof OrreryError, `not an OrreryError: ${error}`)
    assert.equal(error.code, code, error.message)
    return true
  })
}
