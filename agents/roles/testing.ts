/** What the tests of the team that audits share: a run in memory, around agents that are real and a sandbox that is real. */
import type { Json } from '../../domain/json.ts'
import type { Agent, ArtifactRef, RecordedCall, Sandbox, TaskResult } from '../../domain/ports.ts'
import { createCodeRun } from '../code/testing.ts'
import { repositoryTeam } from '../registry.ts'

export type Task = { agent: string; item: Json; result: TaskResult; output: string; milliseconds: number }

export type TestRun = {
  readonly artifacts: readonly ArtifactRef[]
  readonly tasks: readonly Task[]
  /** What the journal of each task holds, by task index. */
  journal(): readonly (readonly RecordedCall[])[]
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
  const inMemory = createCodeRun(sandbox)
  const tasks: Task[] = []
  let begun = 0

  const run: TestRun = {
    artifacts: inMemory.artifacts,
    tasks,
    journal: () => Array.from({ length: begun }, (_, index) => inMemory.journal(index)),
    async perform(name, input, options = {}) {
      const agent = agents.find(one => one.name === name)
      if (agent === undefined) throw new Error(`there is no agent ${name}`)
      const taskIndex = begun++
      const output: string[] = []
      const started = performance.now()
      const context = inMemory.task(taskIndex, { ...options, input, output: text => void output.push(text) })
      const result = await agent.run(context)
      await inMemory.keep(result.artifacts ?? [], taskIndex)
      const milliseconds = performance.now() - started
      const task = { agent: name, item: options.item ?? null, result, output: output.join(''), milliseconds }
      tasks.push(task)
      return task
    },
    bodies: kind =>
      Promise.all(inMemory.artifacts.filter(ref => ref.kind === kind).map(ref => inMemory.blobs.get(ref.hash))),
    json: async kind => (await run.bodies(kind)).map(body => JSON.parse(new TextDecoder().decode(body))),
  }
  return run
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
