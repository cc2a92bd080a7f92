/** The operations in the documents are those of their files, fit the schema, and are answered. */
import { readdirSync } from 'node:fs'
import { buildSchema, type DefinitionNode, Kind, parse, validate } from 'graphql'
import { createClient } from 'graphql-ws/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { createBlobStore } from '../db/blobs.ts'
import { uuidOf } from '../domain/ids.ts'
import type { Json } from '../domain/json.ts'
import { type TestApp, testApp } from '../server/testing.ts'
import { inCheckout } from '../setup/checkout.mjs'
import { linesOf, type Snippet, snippetsIn, textOf, where } from './documents.ts'

describe('operations', () => {
  const schema = buildSchema(textOf('schema.graphql'))
  const names = readdirSync(inCheckout('docs', 'operations')).map(file => file.replace(/\.graphql$/, ''))
  const source = (name: string): string => textOf(`docs/operations/${name}.graphql`)

  test('stand in docs/api.md as they are in their files (`-u` writes them there)', async () => {
    const written = textOf('docs/api.md').replace(
      /^<!-- operation: ([\w-]+) -->\n(\n```graphql\n.*?^```\n)?/gms,
      (_, name: string) => `<!-- operation: ${name} -->\n\n\`\`\`graphql\n${source(name)}\`\`\`\n`,
    )
    await expect(written).toMatchFileSnapshot(inCheckout('docs', 'api.md'))
    expect([...written.matchAll(/<!-- operation: ([\w-]+) -->/g)].map(([, name]) => name).sort()).toEqual(names.sort())
  })

  test.each(snippetsIn('graphql').map(snippet => [where(snippet), snippet.code]))('%s fits the schema', (_, code) => {
    expect(validate(schema, parse(code)).map(({ message }) => message)).toEqual([])
  })

  describe('are answered', () => {
    let on: TestApp
    let url: string
    let ids: Record<string, string>
    beforeAll(async () => {
      on = await testApp({ heartbeatMs: 500 })
      url = (await on.listen()).url
      ids = await prepare(on)
    })
    afterAll(() => on.close())

    // In the order of the document: whoever reads it down does one thing after the other, too.
    const inOrder = [...textOf('docs/api.md').matchAll(/<!-- operation: ([\w-]+) -->/g)].map(([, name = '']) => name)
    test.each(inOrder.filter(name => kindOf(source(name)) !== 'subscription'))('%s', async name => {
      const { data, errors } = await on.send<Record<string, Json>>(source(name), variablesFor(name, ids))
      expect(errors).toBeUndefined()
      for (const answer of Object.values(data)) {
        expect(answer).not.toBeNull()
        // A refusal has a code; none of these is refused.
        expect(answer).not.toHaveProperty('code')
      }
    })

    test.each(inOrder.filter(name => kindOf(source(name)) === 'subscription'))('%s', async name => {
      const client = createClient({
        url: `${url.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        connectionParams: { authorization: `Bearer ${on.key}` },
        retryAttempts: 0,
      })
      on.services.liveOutput.write({ runId: uuidOf('Run', ids['run_…'] ?? ''), taskIndex: 0, epoch: 1 }, 'working\n')
      const results = client.iterate({ query: source(name), variables: variablesFor(name, ids) })
      const first = await results.next()
      expect(first.value).toMatchObject({ data: expect.anything() })
      expect(first.value).not.toHaveProperty('errors')
      await client.dispose()
    })

    test.each(snippetsIn('sh').flatMap(curls))('%s', async (_, call) => {
      const fill = (text: string) => text.replace('$ORRERY_URL', url).replace('$ORRERY_KEY', on.key)
      const { address, headers, body } = parseCurl(call, fill)
      const stopped = new AbortController()
      const request = { headers, signal: stopped.signal, ...(body === null ? {} : { method: 'POST', body }) }
      const response = await fetch(address, request)
      expect(response.status).toBe(200)
      const reader = response.body?.getReader()
      expect(new TextDecoder().decode((await reader?.read())?.value)).not.toMatch(/"errors"/)
      stopped.abort()
    })
  })
})

/** A project, a run that is at work on its first task, and an artifact. */
async function prepare({ services, sql, organisationId, send }: TestApp): Promise<Record<string, string>> {
  type Created = { createProject: { project: { id: string } }; startRun: { run: { id: string } } }
  const project = await send<Created>(
    'mutation { createProject(input: { name: "Documents" }) { ... on CreateProjectPayload { project { id } } } }',
  )
  const projectId = project.data.createProject.project.id
  const started = await send<Created>(
    'mutation($input: StartRunInput!) { startRun(input: $input) { ... on StartRunPayload { run { id } } } }',
    { input: { projectId, workflow: 'simple', variables: { repo: '/r' } } },
  )
  const runId = started.data.startRun.run.id
  const by = { actor: { kind: 'agent', id: 'worker', name: 'worker' } } as const
  const say = (command: Parameters<typeof services.handle.handle>[1]) =>
    services.handle.handle(uuidOf('Run', runId), command, by)
  const { hash, size } = await createBlobStore(sql, organisationId).put(Buffer.from('# Report\n'))
  const artifactId = '01990000-0000-7000-8000-00000000000a'
  await say({ type: 'ClaimTask', taskIndex: 0, epoch: 1, worker: 'worker' })
  const artifacts = [{ artifactId, kind: 'Markdown', title: 'Report', mediaType: 'text/markdown', hash, size }]
  const failure = { code: 'TASK_FAILED', message: 'it broke', hint: '', retryable: false } as const
  const other = await send<Created>(
    'mutation($input: StartRunInput!) { startRun(input: $input) { ... on StartRunPayload { run { id } } } }',
    { input: { projectId, workflow: 'simple', variables: { repo: '/r' } } },
  )
  const failedId = other.data.startRun.run.id
  const failed = uuidOf('Run', failedId)
  await services.handle.handle(failed, { type: 'ClaimTask', taskIndex: 0, epoch: 1, worker: 'worker' }, by)
  await services.handle.handle(
    failed,
    { type: 'FailTask', taskIndex: 0, epoch: 1, failure, blocked: false, artifacts },
    by,
  )
  return {
    'prj_…': projectId,
    'run_…': runId,
    'failed run_…': failedId,
    'art_…': `art_${artifactId.replaceAll('-', '')}`,
  }
}

const kindOf = (operation: string): string =>
  parse(operation).definitions.map((one: DefinitionNode) =>
    one.kind === Kind.OPERATION_DEFINITION ? one.operation : '',
  )[0] ?? ''

/** The JSON that follows an operation in docs/api.md, with ids of things that are there. */
function variablesFor(name: string, ids: Record<string, string>): Record<string, unknown> {
  const api = textOf('docs/api.md')
  const after = api.slice(api.indexOf(`<!-- operation: ${name} -->`)).replace(/^.*?\n```\n/s, '')
  const json = /^\n```json\n(.*?)^```$/ms.exec(after)
  if (json === null || json.index > 0) return {}
  const text = (json[1] ?? '')
    // A run that has failed can be retried, and the workflow of tests is another one.
    .replace('run_…', name === 'retry-task' ? 'failed run_…' : 'run_…')
    .replace('repository-audit', 'simple')
  return JSON.parse(text, (_, value) => (typeof value === 'string' ? (ids[value] ?? value) : value))
}

const curls = ({ path, line, code }: Snippet): [string, string][] =>
  linesOf(code)
    .filter(text => text.startsWith('curl '))
    .map(text => [`${path}:${line} ${text.slice(0, 60)} …`, text])

function parseCurl(line: string, fill: (text: string) => string) {
  const headers = [...line.matchAll(/-H "([^:"]+): ([^"]*)"/g)].map(([, name = '', value = '']): [string, string] => [
    name,
    fill(value),
  ])
  const address = fill(/"(\$ORRERY_URL[^"]*)"/.exec(line)?.[1] ?? '')
  return { address, headers, body: /--data '([^']*)'/.exec(line)?.[1] ?? null }
}
