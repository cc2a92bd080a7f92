/** A server with something on every page: real runs of real repositories, as they look after a morning's work. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { inCheckout } from '../../setup/checkout.mjs'
import { type Ask, createAsk } from './ask.ts'
import type { Product } from './product.ts'

/** Global ids, and names as addresses have them. */
export type House = {
  ask: Ask
  projectId: string
  project: string
  /** Ended, with a report. */
  audit: string
  /** The same, from its middle. */
  fork: string
  /** A simulated team has mended a bug, and waits for a yes. */
  fix: string
  paused: string
  approval: string
  conversation: string
  proposal: string
}

const patienceMs = 180_000

/** Of `ask`, until it is what is looked for. Throws Error that says what it waited for. */
export async function until<Value>(
  what: string,
  ask: () => Promise<Value>,
  found: (value: Value) => boolean,
): Promise<Value> {
  const end = Date.now() + patienceMs
  for (;;) {
    const value = await ask()
    if (found(value)) return value
    if (Date.now() > end) throw new Error(`waited in vain for ${what}: ${JSON.stringify(value)}`)
    await sleep(200)
  }
}

/** A copy of an example with a history of one commit: teams work on commits. */
export function repositoryIn(home: string, example: string): string {
  const repo = join(home, example)
  mkdirSync(home, { recursive: true })
  cpSync(inCheckout('examples', example), repo, { recursive: true })
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-C', repo, ...args])
  git('init', '-q', '--initial-branch=main')
  git('add', '.')
  git('commit', '-qm', 'Begin')
  return repo
}

export const statusOf = async (ask: Ask, id: string): Promise<string> =>
  (await ask.query<{ run: { status: string } }>('query ($id: ID!) { run(id: $id) { status } }', { id })).run.status

/** `home`: a directory for the repositories, which the server's account can enter. */
export async function furnish(product: Product, home: string): Promise<House> {
  const ask = createAsk(product)
  const project = await createProject(ask, 'Inventory', repositoryIn(home, 'python-inventory'))
  const shop = await createProject(ask, 'Shop', repositoryIn(home, 'javascript-shop'))
  const audit = await startRun(ask, project, { workflow: 'repository-audit' })
  const fix = await startRun(ask, shop, { workflow: 'fix-bug', simulated: true, budgetMicros: '2500000' })
  const [conversation, proposal] = await Promise.all([talk(ask, shop), propose(ask, shop)])
  await until(
    'the end of an audit',
    () => statusOf(ask, audit),
    status => status === 'SUCCEEDED',
  )
  const { head } = await headOf(ask, audit)
  const changes = { title: 'The same audit, with more patience', variables: { testTimeoutSeconds: 240 } }
  const forked = await ask.mutate<Started>('forkRun', { runId: audit, atSeq: head - 4, changes }, 'run { id }')
  const paused = await startRun(ask, project, {
    workflow: 'repository-audit',
    manual: true,
    title: 'Before the release',
  })
  await ask.mutate('pauseRun', { runId: paused, reason: 'The release comes first.' }, 'run { id }')
  await until(
    'the end of a fork',
    () => statusOf(ask, forked.run.id),
    status => status === 'SUCCEEDED',
  )
  const approval = await until(
    'a question',
    () => questionOf(ask, fix),
    id => id !== undefined,
  )
  const { id: projectId, slug } = project
  return {
    ...{ ask, projectId, project: slug, audit, fork: forked.run.id, fix, paused },
    ...{ approval: approval ?? '', conversation, proposal },
  }
}

type Project = { id: string; slug: string; repository: string }
type Started = { run: { id: string } }

async function createProject(ask: Ask, name: string, repository: string): Promise<Project> {
  const select = 'project { id slug repository }'
  return (await ask.mutate<{ project: Project }>('createProject', { name, repository }, select)).project
}

export async function startRun(ask: Ask, { id, repository }: Omit<Project, 'slug'>, input: object): Promise<string> {
  const about = { projectId: id, variables: { repo: repository }, ...input }
  return (await ask.mutate<Started>('startRun', about, 'run { id }')).run.id
}

const headOf = async (ask: Ask, id: string): Promise<{ head: number }> =>
  (await ask.query<{ run: { head: number } }>('query ($id: ID!) { run(id: $id) { head } }', { id })).run

async function questionOf(ask: Ask, runId: string): Promise<string | undefined> {
  const query = '{ approvals(first: 20, filter: { statuses: [OPEN] }) { nodes { id run { id } } } }'
  const { approvals } = await ask.query<{ approvals: { nodes: { id: string; run: { id: string } }[] } }>(query)
  return approvals.nodes.find(({ run }) => run.id === runId)?.id
}

/** What was asked about a project, and the simulated answer. */
async function talk(ask: Ask, { id }: Project): Promise<string> {
  const input = { projectId: id, simulated: true, title: 'The morning after' }
  const select = 'conversation { id }'
  const { conversation } = await ask.mutate<{ conversation: { id: string } }>('createConversation', input, select)
  const said = { conversationId: conversation.id, text: 'What is being done on the shop, and what waits for me?' }
  const { reply } = await ask.mutate<{ reply: { id: string } }>('say', said, 'reply { id }')
  const state = async () =>
    (
      await ask.query<{ node: { state: string } }>(
        'query ($id: ID!) { node(id: $id) { ... on Message { state } } }',
        reply,
      )
    ).node.state
  await until('an answer', state, one => one !== 'THINKING')
  return conversation.id
}

async function propose(ask: Ask, { id }: Project): Promise<string> {
  const input = { projectId: id, simulated: true, text: 'Find out why the cart forgets the quantity, and mend it' }
  const { proposal } = await ask.mutate<{ proposal: { id: string } }>('proposeRun', input, 'proposal { id }')
  return proposal.id
}
