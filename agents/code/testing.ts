/** One run in memory for tests: its artifacts, its trunk, and tasks whose journals outlive their workers. */
import type { Answered, Question } from '../../domain/approval.ts'
import type { ArtifactDraft } from '../../domain/artifact.ts'
import { OrreryError } from '../../domain/errors.ts'
import type { Json } from '../../domain/json.ts'
import {
  type ArtifactRef,
  type BlobStore,
  type MergeConflict,
  type RecordedCall,
  type Sandbox,
  Suspended,
  type TaskContext,
  type Trunk,
} from '../../domain/ports.ts'
import { memoryBlobs } from '../memory-blobs.ts'
import type { Source } from '../sandboxed/source.ts'

/** The worker's end, at a point that a test chose. */
export class Killed extends Error {
  override name = 'Killed'
}

export type CodeRun = {
  readonly blobs: BlobStore
  readonly artifacts: readonly ArtifactRef[]
  readonly questions: readonly Question[]
  /** As often as they were told of. */
  readonly conflicts: readonly MergeConflict[]
  trunk: Trunk | null
  /** The context of a task; the same index again is another worker's try, with what the first one recorded. */
  task(index: number, options?: TaskOptions): TaskContext
  journal(index: number): readonly RecordedCall[]
  keep(drafts: readonly ArtifactDraft[], taskIndex?: number): Promise<void>
}

export type TaskOptions = {
  input?: Json
  item?: Json
  variables?: Json
  signal?: AbortSignal
  output?: (text: string) => void
  /** The journal of an earlier try; what this run holds unless told. */
  recorded?: readonly RecordedCall[]
  answer?: Answered
  /** Ends the worker after the effect of its n-th call, before the call is recorded. */
  killAfter?: number
  /** Called before the trunk is moved: another task may be faster. */
  beforeMerge?: () => Promise<void>
}

export function createCodeRun(sandbox: Sandbox): CodeRun {
  const blobs = memoryBlobs()
  const journals = new Map<number, RecordedCall[]>()
  const artifacts: ArtifactRef[] = []
  const questions: Question[] = []
  const conflicts: MergeConflict[] = []

  const run: CodeRun = {
    blobs,
    artifacts,
    questions,
    conflicts,
    trunk: null,
    journal: index => journals.get(index) ?? [],
    async keep(drafts, taskIndex = 0) {
      for (const { kind, title, mediaType, body } of drafts) {
        const { hash, size } = await blobs.put(typeof body === 'string' ? new TextEncoder().encode(body) : body)
        artifacts.push({ artifactId: `art_${artifacts.length}`, kind, title, mediaType, hash, size, taskIndex })
      }
    },
    task(index, { input = {}, variables = {}, answer, killAfter, beforeMerge, ...more } = {}) {
      const recorded = [...(more.recorded ?? journals.get(index) ?? [])]
      journals.set(index, recorded)
      let call = 0
      const journal: TaskContext['journal'] = async (tool, _summary, work) => {
        const at = call++
        const known = recorded[at]
        if (known !== undefined) {
          if (known.tool !== tool) throw new Error(`call ${at} was ${known.tool} and is ${tool}`)
          return known
        }
        const { output, outputHash = null, treeHash = null } = await work()
        if (killAfter === at) throw new Killed(`after call ${at}`)
        const made = { call: at, tool, output, outputHash, treeHash }
        recorded.push(made)
        return made
      }
      return {
        ...{ runId: 'run_test', taskIndex: index, attempt: 1, epoch: 1, input, variables, item: more.item ?? null },
        ...{ signal: more.signal ?? new AbortController().signal, sandbox, blobs, simulated: false, revision: null },
        artifacts: async () => artifacts,
        output: more.output ?? (() => {}),
        journal,
        model: async () => {
          throw new OrreryError('UNAVAILABLE', 'no model takes part in this test')
        },
        async ask(question) {
          questions.push(question)
          if (answer === undefined) throw new Suspended('waits for an answer')
          return answer
        },
        handOff: async () => ({ outcome: 'refused', reason: 'nobody is there' }),
        send: async () => {},
        receive: async () => [],
        trunk: async () => run.trunk,
        async merge(expected, trunk) {
          const { output } = await journal('merge', 'Move the trunk', async () => {
            await beforeMerge?.()
            if ((run.trunk?.commit ?? null) !== expected) return { output: false }
            run.trunk = trunk
            return { output: true }
          })
          return output === true
        },
        conflicted: async conflict => void conflicts.push(conflict),
      }
    },
  }
  return run
}

/** A source as a checkout leaves it: the tree as an archive that the sandbox packed. */
export async function sourceWith(
  run: CodeRun,
  sandbox: Sandbox,
  files: Readonly<Record<string, string>>,
  options: { commit?: string | null; script?: string } = {},
): Promise<Source> {
  const workspace = await sandbox.open({ label: 'source' })
  try {
    await workspace.exec({ argv: ['mkdir', 'repo'] })
    for (const [path, content] of Object.entries(files)) await workspace.writeFile(`repo/${path}`, content)
    if (options.script !== undefined) await workspace.exec({ argv: ['bash', '-c', options.script], cwd: '/work/repo' })
    const { hash } = await run.blobs.put(await workspace.pack('repo', 32 * 1024 * 1024))
    return { tree: hash, commit: options.commit ?? null, packages: [] }
  } finally {
    await workspace.close()
  }
}

/** What a script says in a packed repository. */
export async function inTree(run: CodeRun, sandbox: Sandbox, hash: string, script: string): Promise<string> {
  const workspace = await sandbox.open({ label: 'look' })
  try {
    await workspace.unpack('repo', await run.blobs.get(hash))
    const { stdout, stderr, exitCode } = await workspace.exec({ argv: ['bash', '-c', script], cwd: '/work/repo' })
    if (exitCode !== 0) throw new Error(Buffer.from(stderr).toString())
    return Buffer.from(stdout).toString().trim()
  } finally {
    await workspace.close()
  }
}
