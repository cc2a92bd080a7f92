/** Commands that tools run inside the sandbox, and what of them is for the model. */
import { z } from 'zod'
import { OrreryError } from '../../domain/errors.ts'
import type { ExecRequest, ExecResult, TaskContext, Workspace } from '../../domain/ports.ts'
import { cleanText } from '../../domain/run/clean.ts'
import { parseJson } from '../sandboxed/parse-json.ts'
import type { ToolEnv, ToolOutcome } from './tool.ts'

/** Where the repository stands inside. */
export const repositoryRoot = '/work/repo'

const Answer = z.object({ text: z.string(), isError: z.boolean() })
const answerBytes = 4 * 1024 * 1024

/** Runs one of the programs under `agents/inside` with a request on stdin; it answers `{text, isError}` as JSON. */
export async function runProgram(
  workspace: Workspace,
  { context, toolbox }: Pick<ToolEnv, 'context' | 'toolbox'>,
  { program, request, wallMs = 60_000 }: { program: string; request: unknown; wallMs?: number },
): Promise<ToolOutcome> {
  const result = await workspace.exec({
    argv: ['node', '--no-warnings', toolbox.program(program)],
    cwd: repositoryRoot,
    stdin: JSON.stringify(request),
    limits: { wallMs, outputBytes: answerBytes },
    signal: context.signal,
  })
  refuseCancelled(result)
  const answer = Answer.safeParse(parseJson(result.stdout))
  if (answer.success) return answer.data
  const said = cleanText(new TextDecoder().decode(result.stderr)).trim().slice(-500)
  return { isError: true, text: `This did not come to an end: ${whyEnded(result)}.${said === '' ? '' : `\n${said}`}` }
}

export function refuseCancelled({ end }: Pick<ExecResult, 'end'>): void {
  if (end === 'cancelled') throw new OrreryError('CANCELLED', 'the task was cancelled')
}

export function whyEnded({ end, exitCode, signal, durationMs }: ExecResult): string {
  // What is quick says no time: the same command then says the same each time.
  const seconds = durationMs < 2_000 ? '' : `${Math.round(durationMs / 1_000)} s`
  const took = seconds === '' ? '' : `, ${seconds}`
  switch (end) {
    case 'exit':
      return `exit code ${exitCode}${took}`
    case 'signal':
      return `ended by ${signal ?? 'a signal'}${took}`
    case 'wall-time':
      return `stopped at its time limit${took}`
    case 'cpu-time':
      return `stopped: its CPU time was used up${took}`
    case 'memory':
      return 'stopped: its memory was used up'
    case 'cancelled':
      return 'cancelled'
  }
}

/** People need to see that something happens, not all of it. */
const watchedBytes = 64 * 1024

/** Shows output to whoever watches the task, as it comes. */
export function watched(context: TaskContext): NonNullable<ExecRequest['onOutput']> {
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() }
  let left = watchedBytes
  return (stream, chunk) => {
    if (left <= 0) return
    context.output(cleanText(decoders[stream].decode(chunk.subarray(0, left), { stream: true })))
    left -= chunk.length
    if (left <= 0) context.output('\n… more was written and is not shown\n')
  }
}
