/** A fault, mended by the team: the same run on each protocol over the wire, and on the simulated model. */
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { developmentTeam, repositoryTeam } from '../../agents/registry.ts'
import { testSandbox } from '../../agents/sandbox/testing.ts'
import { createToolbox } from '../../agents/sandboxed/toolbox.ts'
import { developmentWorkflows } from '../../agents/workflows/load.ts'
import { createBlobStore } from '../../db/blobs.ts'
import { createLedger } from '../../db/ledger.ts'
import { tester } from '../../db/rig.ts'
import { agentRegistry } from '../../domain/agent.ts'
import { choose } from '../../domain/choose.ts'
import { type Protocol, protocols } from '../../domain/model-config.ts'
import { balanced } from '../../domain/routing.ts'
import { isRunEnded, type Run } from '../../domain/run/state.ts'
import { parseVariables, parseWorkflow } from '../../domain/validate.ts'
import { createEngineRig, type EngineRig } from '../../queues/engine-rig.ts'
import { createModelParts } from '../../server/models.ts'
import { openWireModel, type WireModel } from './wire-model.ts'

type WireProtocol = Exclude<Protocol, 'simulated'>

const overTheWire = protocols.filter((protocol): protocol is WireProtocol => protocol !== 'simulated')
const seconds = 1_000
const patience = 180 * seconds

const files = {
  'package.json': '{ "name": "parcels", "private": true, "type": "module", "scripts": { "test": "node --test" } }\n',
  'README.md': '# parcels\n\nWhat it costs to send a parcel.\n',
  'src/postage.js': `/** Cents for a parcel of so many grams; from a kilogram on it is a heavy one. */
export function postage(grams) {
  if (grams > 1000) return 950
  return 450
}
`,
  'test/postage.test.js': `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { postage } from '../src/postage.js'

test('a small parcel', () => assert.equal(postage(200), 450))
test('a large parcel', () => assert.equal(postage(3000), 950))
`,
}
const objective =
  'A parcel of exactly a kilogram is charged as a light one: `postage(1000)` should be 950, and is 450. See src/postage.js.'

const home = mkdtempSync(join(tmpdir(), 'orrery-agents-'))
let wire: WireModel
let rig: EngineRig | null = null
beforeAll(async () => {
  wire = await openWireModel()
})
afterEach(async () => {
  await rig?.close()
  rig = null
})
afterAll(async () => {
  await wire.close()
  rmSync(home, { recursive: true, force: true })
})

const git = (repo: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=Tests', '-c', 'user.email=tests@example.com', '-C', repo, ...args]).toString()

function repository(name: string): string {
  const repo = join(home, name)
  for (const [path, body] of Object.entries(files)) {
    mkdirSync(dirname(join(repo, path)), { recursive: true })
    writeFileSync(join(repo, path), body)
  }
  git(repo, 'init', '-q', '--initial-branch=main')
  git(repo, 'add', '.')
  git(repo, 'commit', '-qm', 'Charge parcels by weight')
  return repo
}

/** One model, on an endpoint that speaks this protocol. */
function modelsOn(protocol: WireProtocol): Record<string, string> {
  const path = join(home, `${protocol}.json`)
  const model = {
    ...{ id: 'wire/model', provider: 'wire', name: 'model', contextTokens: 200_000, maxOutputTokens: 16_000 },
    ...{ abilities: { tools: true }, capabilities: {}, price: { input: 1_000_000, output: 1_000_000 } },
  }
  const baseUrl = protocol.startsWith('openai') ? `${wire.url}/v1` : wire.url
  writeFileSync(path, JSON.stringify({ providers: [{ name: 'wire', protocol, baseUrl }], models: [model] }))
  return { ORRERY_MODELS: path }
}

/** Gives the fault to the team, and waits for the end of it. */
async function fixBug(env: Record<string, string>, { repo, simulated }: { repo: string; simulated: boolean }) {
  const toolbox = createToolbox()
  const made = developmentWorkflows().map(parseWorkflow)
  const workflow = made.find(({ name }) => name === 'fix-bug')
  if (workflow === undefined) throw new Error('there is no workflow fix-bug')
  const engine = await createEngineRig({ agents: {}, workflows: made })
  rig = engine
  const models = {
    ...{ gateway: createModelParts(env).gateway, ledger: createLedger({ sql: engine.sql }) },
    ...{ choose, preference: balanced },
  }
  const agents = agentRegistry([...repositoryTeam({ toolbox }), ...developmentTeam({ toolbox })])
  engine.addLoop()
  await engine.addWorker({ agents, models, sandbox: testSandbox(), classes: { light: 4, sandbox: 2 } })
  const runId = randomUUID()
  const began = performance.now()
  await engine.handle.handle(
    runId,
    {
      type: 'StartRun',
      ...{ organisationId: engine.organisationId, projectId: engine.projectId, workflow, title: 'Postage' },
      variables: parseVariables(workflow, { repo, objective, publish: 'auto' }),
      ...{ priority: 0, maxParallel: null, timeoutMs: null, parent: null, simulated },
    },
    { actor: tester },
  )
  const run = await engine.until(runId, ({ status }) => isRunEnded(status), patience)
  return { run, took: (performance.now() - began) / seconds, engine }
}

const failures = (run: Run) =>
  run.tasks.flatMap(({ key, error }) => (error === null ? [] : [`${key}: ${error.message}`]))
const branchOf = (repo: string): string =>
  git(repo, 'for-each-ref', '--format=%(refname:short)', 'refs/heads/orrery').trim()

function isMended(repo: string): void {
  const branch = branchOf(repo)
  expect(branch).toMatch(/^orrery\/fix-bug-/)
  expect(git(repo, 'show', `${branch}:src/postage.js`)).toContain('>= 1000')
  expect(git(repo, 'diff', '--stat', 'main', branch, '--', 'test')).toMatch(/test/)
  // What was there is as it was.
  expect(git(repo, 'status', '--porcelain') + git(repo, 'branch', '--show-current')).toBe('main\n')
}

describe.each(overTheWire)('over %s', protocol => {
  test('a fault is reproduced, mended, reviewed and written as a branch', { timeout: patience }, async () => {
    const repo = repository(protocol)
    const before = wire.requests()
    const { run, took } = await fixBug(modelsOn(protocol), { repo, simulated: false })
    expect([run.status, ...failures(run)]).toEqual(['SUCCEEDED'])
    isMended(repo)
    const turns = wire.requests() - before
    // Three agents work in turn, and each looks before it acts.
    expect(turns).toBeGreaterThan(8)
    console.log(`${protocol}: ${turns} requests, ${took.toFixed(1)} s`)
  })
})

test('simulated, the same needs no endpoint, and says what it is', { timeout: patience }, async () => {
  const repo = repository('simulated')
  const before = wire.requests()
  const { run, took, engine } = await fixBug({}, { repo, simulated: true })
  expect([run.status, ...failures(run)]).toEqual(['SUCCEEDED'])
  isMended(repo)
  expect(wire.requests()).toBe(before)
  expect(git(repo, 'log', '-1', '--format=%B', branchOf(repo))).toMatch(/^Simulated: true$/m)
  const summary = run.artifacts.find(({ kind }) => kind === 'ChangeSummary')
  const body = await createBlobStore(engine.sql, engine.organisationId).get(summary?.hash ?? '')
  expect(JSON.parse(Buffer.from(body).toString())).toMatchObject({ simulated: true })
  console.log(`simulated: ${took.toFixed(1)} s`)
})
