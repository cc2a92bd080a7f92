/** What is no run, watched in one process and changed in another: by the ring that goes between them, and without it. */
import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { repositoryAudit } from '../../agents/workflows/repository-audit.ts'
import { testDatabase } from '../../db/testing.ts'
import { parseWorkflow } from '../../domain/validate.ts'
import type { Workflow } from '../../domain/workflow.ts'
import { type Bell, createRedisBell } from '../../queues/bell.ts'
import { createRedis } from '../../queues/redis.ts'
import { testRedis } from '../../queues/testing.ts'
import { says, scriptedGateway } from '../assistant/testing.ts'
import { type TestApp, testApp } from '../testing.ts'

vi.setConfig({ testTimeout: 60_000 })

/** `hears`: whether rings reach the process that watches. */
type Between = { hears: boolean; lookAgainMs: number }

async function twoProcesses({ hears, lookAgainMs }: Between) {
  const [database, redis] = [await testDatabase(), await testRedis()]
  const links = [0, 1].map(() => createRedis(redis.url, { prefix: redis.prefix }))
  const bells = links.map(link => createRedisBell(link))
  const [first, second] = bells as [Bell, Bell]
  await carried(first, second)
  const gateway = scriptedGateway(() => says('Nothing is amiss.'))
  const bell = hears ? first : { ...first, listenTo: () => () => {} }
  const watcher = await testApp({ shared: { database, bell }, lookAgainMs })
  const writer = await testApp({ shared: { database, bell: second }, gateway })
  ;(writer.services.workflows as Map<string, Workflow>).set('repository-audit', parseWorkflow(repositoryAudit))
  const { port } = await watcher.listen()
  const client = createClient({
    url: `ws://127.0.0.1:${port}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${watcher.key}` },
    retryAttempts: 0,
  })
  const close = async () => {
    await client.dispose()
    await Promise.all([watcher.close(), writer.close()])
    await Promise.all(bells.map(one => one.close()))
    for (const link of links) link.close()
    await database.drop()
    await redis.release()
  }
  const changes = <Data>(query: string, variables: Record<string, unknown>) =>
    client.iterate<Data>({ query, variables })
  return { writer, changes, close }
}

/** Resolves once what one rings is heard by the other. */
async function carried(to: Bell, from: Bell): Promise<void> {
  const heard = vi.fn()
  const stop = to.listenTo('spending:nobody', heard)
  await vi.waitFor(
    () => {
      from.ringOf('spending:nobody')
      expect(heard).toHaveBeenCalled()
    },
    { timeout: 20_000, interval: 20 },
  )
  stop()
}

async function mutate<Payload>(on: TestApp, name: string, input: object, fields: string): Promise<Payload> {
  const title = `${name[0]?.toUpperCase()}${name.slice(1)}`
  const { data } = await on.send<Record<string, Payload>>(
    `mutation($input: ${title}Input!) { ${name}(input: $input) { ... on ${title}Payload { ${fields} } ... on UserError { code message } } }`,
    { input },
  )
  expect(data[name]).not.toHaveProperty('code')
  return data[name] as Payload
}

describe.each([
  ['rings, long before it would look by itself', { hears: true, lookAgainMs: 3_600_000 }],
  ['looks by itself, when rings are lost', { hears: false, lookAgainMs: 100 }],
])('a process that watches is told by another that %s:', (_, between) => {
  let on: Awaited<ReturnType<typeof twoProcesses>>
  let projectId: string
  beforeAll(async () => {
    on = await twoProcesses(between)
    const input = { name: 'Watched', repository: '/repo' }
    const made = await mutate<{ project: { id: string } }>(on.writer, 'createProject', input, 'project { id }')
    projectId = made.project.id
  }, 60_000)
  afterAll(() => on.close())

  test('what is said and answered, and what that was paid', async () => {
    type Spent = { spendingChanged: { spent: string; count: number } }
    const money = on.changes<Spent>('subscription($from: DateTime!) { spendingChanged(from: $from) { spent count } }', {
      from: '2026-01-01T00:00:00.000Z',
    })
    expect((await money.next()).value).toMatchObject({ data: { spendingChanged: { count: 0 } } })
    const created = { projectId, simulated: false }
    const { conversation } = await mutate<{ conversation: { id: string } }>(
      on.writer,
      'createConversation',
      created,
      'conversation { id }',
    )
    type Said = { conversationChanged: { messages: { text: string; state: string }[] } }
    const talk = on.changes<Said>(
      'subscription($id: ID!) { conversationChanged(conversationId: $id) { messages { text state } } }',
      { id: conversation.id },
    )
    await talk.next()
    await mutate(on.writer, 'say', { conversationId: conversation.id, text: 'Is anything amiss?' }, 'reply { id }')
    const seen: string[] = []
    for await (const { data } of talk) {
      seen.push(...(data?.conversationChanged.messages ?? []).map(({ text, state }) => `${state} ${text}`))
      if (seen.includes('DONE Nothing is amiss.')) break
    }
    expect(seen).toContain('DONE Is anything amiss?')
    const paid = (await money.next()).value as { data: Spent }
    expect(paid.data.spendingChanged.count).toBe(1)
    expect(Number(paid.data.spendingChanged.spent)).toBeGreaterThan(0)
    await money.return?.()
  })

  test('that a proposal became a run', async () => {
    const asked = { projectId, text: 'audit' }
    const { proposal } = await mutate<{ proposal: { id: string } }>(on.writer, 'proposeRun', asked, 'proposal { id }')
    type Changed = { proposalChanged: { state: string; run: { id: string } | null } }
    const changes = on.changes<Changed>(
      'subscription($id: ID!) { proposalChanged(proposalId: $id) { state run { id } } }',
      { id: proposal.id },
    )
    expect((await changes.next()).value).toMatchObject({ data: { proposalChanged: { run: null } } })
    const confirmed = { proposalId: proposal.id, variables: { repo: '/repo' } }
    const { run } = await mutate<{ run: { id: string } }>(on.writer, 'confirmProposal', confirmed, 'run { id }')
    expect((await changes.next()).value).toMatchObject({ data: { proposalChanged: { run: { id: run.id } } } })
    expect((await changes.next()).done).toBe(true)
  })
})
