/** Whole workflows on an engine with a real Postgres and the real sandbox, for tests that look at what they leave behind. */
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'
import { developmentTeam, repositoryTeam } from '../../agents/registry.ts'
import { testSandbox } from '../../agents/sandbox/testing.ts'
import { createToolbox } from '../../agents/sandboxed/toolbox.ts'
import { developmentWorkflows } from '../../agents/workflows/load.ts'
import { createBlobStore } from '../../db/blobs.ts'
import { createLedger } from '../../db/ledger.ts'
import { tester } from '../../db/rig.ts'
import { agentRegistry } from '../../domain/agent.ts'
import { choose } from '../../domain/choose.ts'
import type { Json } from '../../domain/json.ts'
import { balanced } from '../../domain/routing.ts'
import type { RecordedEvent } from '../../domain/run/events.ts'
import { isRunEnded, type Run } from '../../domain/run/state.ts'
import { parseVariables, parseWorkflow } from '../../domain/validate.ts'
import { createEngineRig, type EngineRig } from '../../queues/engine-rig.ts'
import type { ModelGateway } from '../../queues/model-gateway.ts'
import { replayRun } from '../../queues/replay/replay-run.ts'
import { createModelParts } from '../../server/models.ts'

/** Milliseconds that a workflow may take on a machine that does much else. */
export const patience = 180_000

export const git = (repo: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=Tests', '-c', 'user.email=tests@example.com', '-C', repo, ...args])
    .toString()
    .trim()

export function commit(repo: string, message: string, files: Record<string, string>): void {
  for (const [path, body] of Object.entries(files)) {
    mkdirSync(dirname(join(repo, path)), { recursive: true })
    writeFileSync(join(repo, path), body)
  }
  git(repo, 'add', '.')
  git(repo, 'commit', '-qm', message)
}

export const branchOf = (repo: string): string =>
  git(repo, 'for-each-ref', '--format=%(refname:short)', 'refs/heads/orrery')

export type Asked = {
  simulated?: boolean
  gateway?: (real: ModelGateway) => ModelGateway
  /** `host:port` that may be pushed to; none unless told. */
  gitHosts?: readonly string[]
  /** What is said to whatever is asked, at the moment at which the run waits for it; yes unless told. */
  answer?: (waiting: Run) => Json
}
export type Ended = {
  run: Run
  sql: EngineRig['sql']
  events: readonly RecordedEvent[]
  failures: string[]
  body(kind: string): Promise<Buffer>
}

export function createWorkflowRig() {
  const sandbox = testSandbox()
  const home = mkdtempSync(join(tmpdir(), 'orrery-workflows-'))
  const engines: EngineRig[] = []

  return {
    home,

    /** A project in which something may be made better, with a test that notices whether it still works. */
    repository(name: string): string {
      const repo = join(home, name)
      // Where a test is tried once more, it begins anew.
      rmSync(repo, { recursive: true, force: true })
      mkdirSync(repo)
      git(repo, 'init', '-q', '--initial-branch=main')
      commit(repo, 'Measure names', project)
      return repo
    },

    /** Starts the workflow, answers whatever is asked, and waits for its end. */
    async carryOut(name: string, variables: Json, asked: Asked = {}): Promise<Ended> {
      const { simulated = false, gateway, gitHosts = [], answer = () => ({ approve: true }) } = asked
      const toolbox = createToolbox()
      const workflows = developmentWorkflows().map(parseWorkflow)
      const workflow = workflows.find(one => one.name === name)
      if (workflow === undefined) throw new Error(`there is no workflow ${name}`)
      const engine = await createEngineRig({ agents: {}, workflows })
      engines.push(engine)
      const real = createModelParts({}).gateway
      const models = {
        ...{ gateway: gateway?.(real) ?? real, ledger: createLedger({ sql: engine.sql }) },
        ...{ choose, preference: balanced },
      }
      const team = { toolbox, gitHosts }
      const agents = agentRegistry([...repositoryTeam(team), ...developmentTeam(team)])
      engine.addLoop()
      await engine.addWorker({ agents, models, sandbox, classes: { light: 4, sandbox: 2 } })
      const runId = randomUUID()
      const { organisationId, projectId } = engine
      const start = {
        ...({ type: 'StartRun', organisationId, projectId, workflow, title: name } as const),
        variables: parseVariables(workflow, variables),
        ...{ priority: 0, maxParallel: null, timeoutMs: null, parent: null, simulated },
      }
      await engine.handle.handle(runId, start, { actor: tester })
      for (;;) {
        const run = await engine.until(runId, one => isRunEnded(one.status) || one.openApprovals > 0, patience)
        const open = run.approvals.find(({ status }) => status === 'OPEN')
        if (open === undefined) {
          // Whatever was asked, handed over and done at the same time: it is the same when it is done again from its log.
          const blobsFor = (id: string) => createBlobStore(engine.sql, id)
          const { divergence } = await replayRun({ sql: engine.sql, agents, blobsFor }, runId)
          expect(divergence).toBeNull()
          return ended(engine, run)
        }
        const said = { type: 'AnswerApproval', approvalId: open.id, answer: answer(run) } as const
        await engine.handle.handle(runId, said, { actor: tester })
      }
    },

    /** After each test: what it began is ended. */
    async close(): Promise<void> {
      for (const engine of engines.splice(0)) await engine.close()
    },

    /** After all of them. */
    remove: () => rmSync(home, { recursive: true, force: true }),
  }
}

const project = {
  'package.json': '{ "name": "names", "private": true, "type": "module", "scripts": { "test": "node --test" } }\n',
  'src/names.js':
    '/** Names with their lengths. */\nexport function lengths(names) {\n  var all = []\n  for (const name of names) all.push({ name: name, length: name.length })\n  return all\n}\n',
  'test/names.test.js':
    "import assert from 'node:assert/strict'\nimport { test } from 'node:test'\nimport { lengths } from '../src/names.js'\n\ntest('lengths', () => assert.deepEqual(lengths(['ab']), [{ name: 'ab', length: 2 }]))\n",
}

const ended = async ({ sql, organisationId, store }: EngineRig, run: Run): Promise<Ended> => ({
  run,
  sql,
  events: await store.read(run.id, 0, 10_000),
  failures: run.tasks.flatMap(({ key, error }) => (error === null ? [] : [`${key}: ${error.message}`])),
  async body(kind) {
    const hash = run.artifacts.findLast(artifact => artifact.kind === kind)?.hash ?? ''
    return Buffer.from(await createBlobStore(sql, organisationId).get(hash))
  },
})
