import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidOf } from '../domain/ids.ts'
import { type TestApp, testApp } from './testing.ts'

let on: TestApp
beforeAll(async () => {
  on = await testApp()
})
afterAll(() => on.close())

const by = { actor: { kind: 'engine', id: 'test', name: 'test' } as const }

/** A project with so many runs; the first task of each has succeeded and made two artifacts. */
async function projectWith(runs: number): Promise<string> {
  const made = await on.send<{ createProject: { project: { id: string } } }>(
    `mutation { createProject(input: { name: "p", slug: "p-${runs}" }) { ... on CreateProjectPayload { project { id } } } }`,
  )
  const { id } = made.data.createProject.project
  for (let count = 0; count < runs; count++) {
    const { data } = await on.send<{ startRun: { run: { id: string } } }>(
      'mutation($input: StartRunInput!) { startRun(input: $input) { ... on StartRunPayload { run { id } } } }',
      { input: { projectId: id, workflow: 'simple', variables: { repo: '/r' } } },
    )
    const runId = uuidOf('Run', data.startRun.run.id)
    const artifacts = ['a', 'b'].map(title => ({
      artifactId: crypto.randomUUID(),
      kind: 'Markdown',
      title,
      mediaType: 'text/markdown',
      size: 1,
      hash: 'a'.repeat(64),
    }))
    await on.services.handle.handle(runId, { type: 'ClaimTask', taskIndex: 0, epoch: 1, worker: 'w' }, by)
    await on.services.handle.handle(
      runId,
      { type: 'FinishTask', taskIndex: 0, epoch: 1, output: { items: [1, 2] }, artifacts },
      by,
    )
  }
  return id
}

/** The statements that an operation takes, without what a fresh connection asks for itself. */
async function statementsOf(query: string, variables: object): Promise<{ statements: string[]; data: unknown }> {
  const statements: string[] = []
  // Signing in is remembered for a second; that is not what is counted here.
  await on.send('{ viewer { name } }')
  Object.assign(on.sql.options, {
    debug: (_: number, text: string) => text.includes('pg_catalog') || statements.push(text),
  })
  const { data, errors } = await on.send(query, variables)
  Object.assign(on.sql.options, { debug: false })
  expect(errors).toBeUndefined()
  return { statements, data }
}

test('a page of runs with everything about them takes as many statements for ten runs as for one', async () => {
  const query = `query($id: ID!) { project(id: $id) { runs(first: 10) { totalCount nodes {
    title variables dueAt project { name } parent { id } children(first: 2) { totalCount nodes { id } }
    tasks(first: 10) { totalCount nodes { key needs output input childRun { id } artifacts(first: 5) { nodes { title run { id } } } } }
    failed: tasks(first: 1, statuses: [FAILED]) { totalCount }
    artifacts(first: 5) { totalCount nodes { title task { key } run { id } } } } } } }`
  const one = await statementsOf(query, { id: await projectWith(1) })
  const ten = await statementsOf(query, { id: await projectWith(10) })
  expect(JSON.stringify(ten.data).match(/"title":"a"/g)).toHaveLength(20)
  expect(ten.statements).toHaveLength(one.statements.length)
  expect(one.statements.length).toBeLessThanOrEqual(17)
})

test('many things by their ids are one statement a type', async () => {
  await projectWith(3)
  const { data } = await on.send<{
    runs: { nodes: { id: string; artifacts: { nodes: { id: string }[] }; tasks: { nodes: { id: string }[] } }[] }
  }>('{ runs(first: 9) { nodes { id artifacts(first: 2) { nodes { id } } tasks(first: 2) { nodes { id } } } } }')
  const ids = data.runs.nodes.flatMap(run => [
    run.id,
    ...run.artifacts.nodes.map(one => one.id),
    ...run.tasks.nodes.map(one => one.id),
  ])
  const { statements } = await statementsOf('query($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }', { ids })
  expect(ids.length).toBeGreaterThan(12)
  expect(statements).toHaveLength(3)
})
