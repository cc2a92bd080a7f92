/** Runs one of the programs that work on code inside a sandbox, and believes of its answer what has the right form. */
import { z } from 'zod'
import { errorCodes, OrreryError } from '../../domain/errors.ts'
import type { Json } from '../../domain/json.ts'
import type { ExecResult, Workspace } from '../../domain/ports.ts'
import { cleanJson, cleanText } from '../../domain/run/clean.ts'
import { PatchFile } from '../../domain/work.ts'
import { parseJson } from '../sandboxed/parse-json.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'

const mebibyte = 1024 * 1024
/** The largest tree that is kept, and the largest diff. */
export const mostTreeBytes = 256 * mebibyte
export const mostDiffBytes = 32 * mebibyte

export const CommitId = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/)
export const Changed = z.array(PatchFile).max(5_000)

const Refusal = z.object({ refused: z.object({ code: z.enum(errorCodes), message: z.string(), hint: z.string() }) })

export type ProgramCall<T> = {
  /** A file of `agents/inside`. */
  program: string
  options: Json
  answer: z.ZodType<T>
  signal: AbortSignal
}

/** The program's answer. Throws OrreryError with what it refused, or TASK_FAILED with why it gave none. */
export async function runProgram<T>(workspace: Workspace, toolbox: Toolbox, call: ProgramCall<T>): Promise<T> {
  const result = await workspace.exec({
    argv: ['node', '--no-warnings', toolbox.program(call.program)],
    stdin: JSON.stringify(call.options),
    limits: { wallMs: 240_000, cpuSeconds: 180, outputBytes: 8 * mebibyte },
    signal: call.signal,
  })
  if (result.end === 'cancelled') throw new OrreryError('CANCELLED', 'the task was cancelled')
  const said = parseJson(result.stdout)
  const refusal = Refusal.safeParse(said)
  if (refusal.success) {
    const { code, message, hint } = refusal.data.refused
    throw new OrreryError(code, cleanText(message).slice(0, 1_000), { hint: cleanText(hint).slice(0, 500) })
  }
  const answer = call.answer.safeParse(cleanJson(said))
  if (result.exitCode === 0 && answer.success) return answer.data
  throw failed(result)
}

function failed({ end, stderr }: ExecResult): OrreryError {
  const complaint = cleanText(new TextDecoder().decode(stderr))
  if (end === 'memory' || /ENOSPC|No space left/.test(complaint))
    return new OrreryError('LIMIT_EXCEEDED', 'the repository does not fit into a workspace')
  if (end === 'wall-time' || end === 'cpu-time')
    return new OrreryError('TIMEOUT', 'the work on the repository took too long', { retryable: true })
  const why = complaint.split('\n').find(line => /^(GitError|fatal|error|\w*Error):? /.test(line))
  return new OrreryError('TASK_FAILED', `Git could not do it: ${(why ?? complaint.trim()).slice(0, 300) || end}`, {
    hint: 'The .git directory of the task may have been damaged by what ran in it.',
  })
}
