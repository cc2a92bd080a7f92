/** What the tests of agents share: a run in memory, around agents that are real and a sandbox that is real. */
import { createHash } from 'node:crypto'
import type { ArtifactDraft } from '../../domain/artifact.ts'
import { OrreryError } from '../../domain/errors.ts'
import type { Json } from '../../domain/json.ts'
import type {
  Agent,
  ArtifactRef,
  BlobStore,
  RecordedCall,
  Sandbox,
  TaskContext,
  TaskResult,
} from '../../domain/ports.ts'
import { repositoryTeam } from '../registry.ts'

export type Task = { agent: string; item: Json; result: TaskResult; output: string; milliseconds: number }

export type TestRun = {
  readonly artifacts: readonly ArtifactRef[]
  readonly tasks: readonly Task[]
  /** What the journal of each task holds, by task index. */
  readonly journal: readonly RecordedCall[][]
  /** Does a task; one that is given the journal of an earlier try repeats none of its calls. */
  perform(
    agent: string,
    input: Json,
    options?: { item?: Json; recorded?: readonly RecordedCall[]; signal?: AbortSignal },
  ): Promise<Task>
  /** Bodies of the artifacts of a kind, in the order in which they were made. */
  bodies(kind: string): Promise<Uint8Array[]>
  json<T>(kind: string): Promise<T[]>
}

/** Where tests of URLs have their servers, or none. */
const testHosts = ['127.0.0.1:8080', '127.0.0.1:9']

export function createTestRun(
  sandbox: Sandbox,
  agents: readonly Agent[] = repositoryTeam({ gitHosts: testHosts }),
): TestRun {
  const blobs = memoryBlobs()
  const artifacts: ArtifactRef[] = []
  const tasks: Task[] = []
  const journal: RecordedCall[][] = []

  async function keep(drafts: readonly ArtifactDraft[], taskIndex: number): Promise<void> {
    for (const { kind, title, mediaType, body } of drafts) {
      const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
      const { hash, size } = await blobs.put(bytes)
      artifacts.push({ artifactId: `art_${artifacts.length}`, kind, title, mediaType, hash, size, taskIndex })
    }
  }

  const run: TestRun = {
    artifacts,
    tasks,
    journal,
    async perform(name, input, { item = null, recorded = [], signal = new AbortController().signal } = {}) {
      const agent = agents.find(one => one.name === name)
      if (agent === undefined) throw new Error(`there is no agent ${name}`)
      const taskIndex = journal.push([]) - 1
      const output: string[] = []
      const context: TaskContext = {
        ...{ runId: 'run_test', taskIndex, attempt: 1, epoch: 1, input, variables: {}, item, signal, sandbox, blobs },
        artifacts: async () => artifacts,
        output: text => void output.push(text),
        ...alone,
        async journal(tool, _summary, work) {
          const calls = journal[taskIndex] ?? []
          const call = recorded[calls.length] ?? recordOf(calls.length, tool, await work())
          calls.push(call)
          return call
        },
      }
      const started = performance.now()
      const result = await agent.run(context)
      await keep(result.artifacts ?? [], taskIndex)
      const task = { agent: name, item, result, output: output.join(''), milliseconds: performance.now() - started }
      tasks.push(task)
      return task
    },
    bodies: kind => Promise.all(artifacts.filter(ref => ref.kind === kind).map(ref => blobs.get(ref.hash))),
    json: async kind => (await run.bodies(kind)).map(body => JSON.parse(new TextDecoder().decode(body))),
  }
  return run
}

/** Nobody to ask: what these agents do needs neither models nor people. */
const nobody = async (): Promise<never> => {
  throw new Error('this agent is alone')
}
const alone = {
  ...{ model: nobody, ask: nobody, handOff: nobody, send: nobody, merge: nobody },
  receive: async () => [],
  trunk: async () => null,
  simulated: false,
  revision: null,
}

function recordOf(
  call: number,
  tool: string,
  { output, outputHash, treeHash }: { output: Json; outputHash?: string; treeHash?: string },
): RecordedCall {
  return { call, tool, output, outputHash: outputHash ?? null, treeHash: treeHash ?? null }
}

function memoryBlobs(): BlobStore {
  const stored = new Map<string, Uint8Array>()
  return {
    async put(bytes) {
      const hash = createHash('sha256').update(bytes).digest('hex')
      stored.set(hash, bytes)
      return { hash, size: bytes.length }
    },
    async get(hash) {
      const bytes = stored.get(hash)
      if (bytes === undefined) throw new OrreryError('NOT_FOUND', `there is no blob ${hash}`)
      return bytes
    },
  }
}

export type AuditOptions = {
  ref?: string
  timeoutSeconds?: number
  /** The analyzers that take part; those that suit unless told. */
  analyzers?: readonly string[]
}

/** The whole chain of an audit, as the workflow has it. Failing analyzers and tests do not stop it. */
export async function audit(run: TestRun, repo: string, options: AuditOptions = {}): Promise<Task> {
  const checkout = await run.perform('git.checkout', { repo, ref: options.ref ?? null })
  if (!checkout.result.ok) return checkout
  const source = checkout.result.output
  const environment = await run.perform('env.doctor', { source })
  const { analyzers: suiting = [], testRunners = [] } = outputOf(environment)
  const analyzers = options.analyzers ?? suiting
  const queue = [
    ...testRunners.map(
      item => () =>
        run.perform('test.runner', { source, runner: item, timeoutSeconds: options.timeoutSeconds ?? null }, { item }),
    ),
    ...analyzers.map(item => () => run.perform(`analyzer.${item}`, { source }, { item })),
  ]
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await next()
  }
  await Promise.all([worker(), worker()])
  return run.perform('audit.report', { analyzers, testRunners })
}

function outputOf({ result }: Task): { analyzers?: string[]; testRunners?: string[] } {
  return result.ok ? (result.output as { analyzers: string[]; testRunners: string[] }) : {}
}
