/**
 * A workspace with a tree of files in it, and commands that are run there and journaled. The workspace is opened with
 * the first command that really runs: a recorded one needs none.
 */
import { z } from 'zod'
import { OrreryError } from '../../domain/errors.ts'
import type { JournalResult, SandboxLimits, TaskContext, Workspace, WorkspaceRequest } from '../../domain/ports.ts'
import { cleanText } from '../../domain/run/clean.ts'

export type Command = {
  /** As the journal names it, for example `eslint`. */
  tool: string
  summary: string
  argv: readonly string[]
  cwd?: string
  env?: Readonly<Record<string, string>>
  stdin?: string
  limits?: Partial<Pick<SandboxLimits, 'wallMs' | 'cpuSeconds' | 'outputBytes'>>
  /** What people see while it runs. */
  shown: 'stderr' | 'both'
  /** A file that the command leaves in the workspace: its bytes are the result instead of stdout, none where it is missing. */
  collect?: { path: string; maxBytes: number }
}

/** What the journal keeps of a command; its bytes are a blob. */
const CommandRecord = z.object({
  /** null where it was ended by a signal or by a limit. */
  exitCode: z.number().nullable(),
  end: z.enum(['exit', 'signal', 'wall-time', 'cpu-time', 'memory', 'cancelled']),
  /** Bytes that were written, kept or not. */
  stdoutBytes: z.number(),
  stderrBytes: z.number(),
  durationMs: z.number(),
  /** The end of what was written to stderr. */
  complaint: z.string(),
})

/** With stdout or the collected file; at most as much as was asked for. */
export type CommandResult = z.infer<typeof CommandRecord> & { bytes: Uint8Array }

export type Bench = {
  /** Throws OrreryError where the sandbox cannot be had or the journal refuses; a command that fails is a result. */
  run(command: Command): Promise<CommandResult>
  /** Ends whatever runs. Idempotent. */
  close(): Promise<void>
}

/** People need to see that something happens, not all of it. */
const shownBytes = 64 * 1024
const complaintLength = 2_000

export type BenchOptions = Omit<WorkspaceRequest, 'label'> & {
  /** Brings in what the commands work on. */
  prepare(workspace: Workspace): Promise<void>
}

export function createBench(context: TaskContext, { prepare, ...request }: BenchOptions): Bench {
  let opened: Promise<Workspace> | null = null

  async function open(): Promise<Workspace> {
    const workspace = await context.sandbox.open({ ...request, label: `${context.runId}-${context.taskIndex}` })
    try {
      await prepare(workspace)
      return workspace
    } catch (error) {
      await workspace.close()
      throw error
    }
  }

  async function execute(command: Command): Promise<JournalResult> {
    opened ??= open()
    const workspace = await opened
    const { shown, collect, tool: _, summary: __, ...call } = command
    const result = await workspace.exec({
      cwd: '/work/repo',
      ...call,
      signal: context.signal,
      onOutput: showTo(context, shown),
    })
    if (result.end === 'cancelled') throw new OrreryError('CANCELLED', 'the task was cancelled')
    const bytes = collect === undefined ? result.stdout : await readIfThere(workspace, collect.path, collect.maxBytes)
    const { hash } = await context.blobs.put(bytes)
    const { exitCode, end, stdoutBytes, stderrBytes, durationMs } = result
    return {
      output: { exitCode, end, stdoutBytes, stderrBytes, durationMs, complaint: tail(result.stderr) },
      outputHash: hash,
      exitCode,
    }
  }

  return {
    async run(command) {
      const record = await context.journal(command.tool, command.summary, () => execute(command))
      const bytes = record.outputHash === null ? new Uint8Array() : await context.blobs.get(record.outputHash)
      return { ...CommandRecord.parse(record.output), bytes }
    },
    async close() {
      const workspace = await opened?.catch(() => null)
      await workspace?.close()
    },
  }
}

async function readIfThere(workspace: Workspace, path: string, maxBytes: number): Promise<Uint8Array> {
  try {
    return await workspace.readFile(path, maxBytes)
  } catch (error) {
    if (error instanceof OrreryError && ['NOT_FOUND', 'BAD_INPUT', 'LIMIT_EXCEEDED'].includes(error.code))
      return new Uint8Array()
    throw error
  }
}

function showTo(context: TaskContext, shown: Command['shown']) {
  const decoder = new TextDecoder()
  let left = shownBytes
  return (stream: 'stdout' | 'stderr', chunk: Uint8Array) => {
    if (left <= 0 || (shown === 'stderr' && stream === 'stdout')) return
    context.output(cleanText(decoder.decode(chunk.subarray(0, left), { stream: true })))
    left -= chunk.length
    if (left <= 0) context.output('\n… more was written and is not shown\n')
  }
}

const tail = (bytes: Uint8Array): string =>
  cleanText(new TextDecoder().decode(bytes.subarray(-4 * complaintLength))).slice(-complaintLength)

/** Why a command gave no result, as a sentence for people. */
export function whyItEnded({ end, exitCode, complaint }: CommandResult): string {
  switch (end) {
    case 'wall-time':
    case 'cpu-time':
      return `it used up its ${end === 'wall-time' ? 'time' : 'CPU time'}`
    case 'memory':
      return 'it used up its memory'
    case 'signal':
      return 'it crashed'
    case 'cancelled':
      return 'it was cancelled'
    case 'exit':
      return `it ended with exit code ${exitCode}${complaint === '' ? '' : `: ${lastLine(complaint)}`}`
  }
}

const lastLine = (text: string): string =>
  text
    .trim()
    .split('\n')
    .findLast(line => /Error|error|cannot|not /.test(line))
    ?.slice(0, 300) ?? ''
