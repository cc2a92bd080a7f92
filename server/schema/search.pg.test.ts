/** What is found by a part of its name, and by whom. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../testing.ts'

let on: TestApp
beforeAll(async () => {
  on = await testApp()
  const project = await make('Weather Station')
  await make('100%_odd')
  await on.send('mutation($input: StartRunInput!) { startRun(input: $input) { __typename } }', {
    input: { projectId: project, workflow: 'simple', title: 'Mend the barometer', variables: { repo: '/r' } },
  })
  await on.send('mutation($input: StartRunInput!) { startRun(input: $input) { __typename } }', {
    input: { projectId: project, workflow: 'simple', title: 'Mend the barometer again', variables: { repo: '/r' } },
  })
})
afterAll(() => on.close())

async function make(name: string): Promise<string> {
  const { data } = await on.send<{ createProject: { project: { id: string } } }>(
    'mutation($input: CreateProjectInput!) { createProject(input: $input) { ... on CreateProjectPayload { project { id } } } }',
    { input: { name } },
  )
  return data.createProject.project.id
}

type Found = { projects: { name: string }[]; runs: { title: string }[]; artifacts: { title: string }[] }
const search = async (query: string, first?: number) =>
  await on.send<{ search: Found }>(
    'query($query: String!, $first: Int) { search(query: $query, first: $first) { projects { name } runs { title } artifacts { title } } }',
    { query, first },
  )

test('in any case, the newest first, as many as are asked for', async () => {
  const { data } = await search('BAROM')
  expect(data.search.runs.map(run => run.title)).toEqual(['Mend the barometer again', 'Mend the barometer'])
  expect((await search('barom', 1)).data.search.runs.length).toBe(1)
  expect((await search('weather')).data.search.projects).toEqual([{ name: 'Weather Station' }])
})

test('artifacts by their titles and kinds', async () => {
  const { sql, organisationId } = on
  const [run] = await sql`select id, project_id from runs limit 1`
  await sql`insert into artifacts (id, organisation_id, project_id, run_id, task_index, attempt, seq, kind, title, media_type, size, hash, created_at)
    values (${randomUUID()}, ${organisationId}, ${run?.project_id}, ${run?.id}, 0, 1, 900, 'CodePatch', 'Pressure', 'text/plain', 1, 'h', now()),
           (${randomUUID()}, ${randomUUID()}, ${run?.project_id}, ${run?.id}, 0, 1, 901, 'CodePatch', 'Pressure of others', 'text/plain', 1, 'h', now())`
  expect((await search('pressure')).data.search.artifacts).toEqual([{ title: 'Pressure' }])
  expect((await search('codepatch')).data.search.artifacts).toEqual([{ title: 'Pressure' }])
})

test('signs are signs, and nothing is a pattern', async () => {
  expect((await search('%_')).data.search.projects).toEqual([{ name: '100%_odd' }])
  expect((await search('%')).data.search.runs).toEqual([])
})

test('nothing, too much and too many are refused', async () => {
  for (const [query, first] of [
    [' ', 1],
    ['x'.repeat(201), 1],
    ['x', 0],
    ['x', 51],
  ] as const)
    expect((await search(query, first)).errors?.[0]?.extensions.code).toBe('BAD_INPUT')
})
