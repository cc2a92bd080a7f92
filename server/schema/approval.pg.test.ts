/** Questions to people through the API: what is shown beside one, and who of two that answer counts. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createBlobStore } from '../../db/blobs.ts'
import type { By } from '../../db/store.ts'
import { yesOrNo } from '../../domain/approval.ts'
import { fromGlobalId } from '../../domain/ids.ts'
import type { Json } from '../../domain/json.ts'
import { type TestApp, testApp } from '../testing.ts'

vi.setConfig({ testTimeout: 30_000 })

const by: By = { actor: { kind: 'engine', id: 'test', name: 'Test' } }
const shown = 'id status title diff facts closedAt answeredBy quorum votes run { id budget { spent } }'
const refusal = '... on UserError { code message }'
const queries = {
  create: `mutation($input: CreateProjectInput!) { createProject(input: $input) { ... on CreateProjectPayload { project { id } } } }`,
  start: `mutation($input: StartRunInput!) { startRun(input: $input) { ... on StartRunPayload { run { id } } } }`,
  open: `query($runId: ID!) { approvals(filter: { runId: $runId }) { nodes { ${shown} } } }`,
  answer: `mutation($input: AnswerApprovalInput!) { answerApproval(input: $input) {
    ... on AnswerApprovalPayload { approval { ${shown} } } ${refusal} } }`,
}

type Shown = { id: string; status: string; diff: string | null; closedAt: string | null; answeredBy: string | null }
type Answered = { approval?: Shown; code?: string; message?: string }

let on: TestApp
beforeAll(async () => {
  on = await testApp()
})
afterAll(() => on.close())

/** A run whose first task asks a question with these facts. */
async function asked(facts: Json): Promise<{ question: Shown; runId: string }> {
  const created = await on.send<{ createProject: { project: { id: string } } }>(queries.create, {
    input: { name: `P ${Math.random()}` },
  })
  const started = await on.send<{ startRun: { run: { id: string } } }>(queries.start, {
    input: { projectId: created.data.createProject.project.id, workflow: 'simple', variables: { repo: '/r' } },
  })
  const runId = started.data.startRun.run.id
  const { uuid } = fromGlobalId(runId)
  const { handle } = on.services
  await handle.handle(uuid, { type: 'ClaimTask', taskIndex: 0, epoch: 1, worker: 'w' }, by)
  await handle.handle(
    uuid,
    {
      ...{ type: 'RequestApproval', taskIndex: 0, epoch: 1, call: 0, approvalId: crypto.randomUUID() },
      question: {
        ...{ kind: 'push', title: 'Push it?', body: '', fields: yesOrNo, timeoutMs: null, onDeadline: 'wait' },
        ...{ quorum: 1, facts, subject: null },
      },
    },
    by,
  )
  const { data } = await on.send<{ approvals: { nodes: Shown[] } }>(queries.open, { runId })
  const [question] = data.approvals.nodes
  if (question === undefined) throw new Error('nothing was asked')
  return { question, runId }
}

const blobs = () => createBlobStore(on.sql, on.organisationId)
const bytes = (text: string) => new TextEncoder().encode(text)

test('the change that is asked about stands beside the question, whole', async () => {
  const diff = 'diff --git a/a b/a\n@@ -1 +1 @@\n-ä\n+ö\n'
  const { hash } = await blobs().put(bytes(diff))
  expect((await asked({ diff: hash })).question.diff).toBe(diff)
})

test('half a change is none, and what is no hash of a blob is none either', async () => {
  const { hash } = await blobs().put(bytes('x'.repeat(1024 * 1024 + 5)))
  expect((await asked({ diff: hash })).question.diff).toBeNull()
  for (const facts of [null, [], { diff: 7 }, { diff: '0'.repeat(64) }, { files: 3 }])
    expect((await asked(facts)).question.diff).toBeNull()
})

test('a blob of another organisation is not shown', async () => {
  const other = crypto.randomUUID()
  await on.sql`insert into organisations (id, name) values (${other}, 'Other')`
  const { hash } = await createBlobStore(on.sql, other).put(bytes('theirs'))
  expect((await asked({ diff: hash })).question.diff).toBeNull()
})

test('of two who answer at once one counts; the other is told who and when, and has changed nothing', async () => {
  const { question } = await asked(null)
  const second = await on.keys.create({
    ...{ organisationId: on.organisationId, name: 'second', role: 'owner', expiresAt: null },
  })
  const say = (approve: boolean, key: string) =>
    on.send<{ answerApproval: Answered }>(
      queries.answer,
      { input: { approvalId: question.id, answer: { approve } } },
      key,
    )
  const answers = (await Promise.all([say(true, on.key), say(false, second)])).map(({ data }) => data.answerApproval)
  const [won] = answers.filter(one => one.approval !== undefined)
  const [lost] = answers.filter(one => one.code === 'CONFLICT')
  expect(answers).toHaveLength(2)
  expect(won?.approval).toMatchObject({ status: 'ANSWERED' })
  expect(lost?.message).toContain(`${won?.approval?.answeredBy} answered this before`)
  expect(Date.parse(won?.approval?.closedAt ?? '')).toBeGreaterThan(0)
})
