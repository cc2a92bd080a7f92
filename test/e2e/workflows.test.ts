/** Workflows from their first step to their last, and what they leave behind. */
import { execFileSync } from 'node:child_process'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import type { Json } from '../../domain/json.ts'
import type { RecordedEvent } from '../../domain/run/events.ts'
import type { Run } from '../../domain/run/state.ts'
import type { ModelGateway } from '../../queues/model-gateway.ts'
import { scriptedGateway } from './scripted-team.ts'
import { branchOf, commit, createWorkflowRig, type Ended, git, patience } from './workflow-rig.ts'

const soak = process.env.SOAK !== undefined
const { repository, carryOut, close, remove } = createWorkflowRig()
afterEach(close)
afterAll(remove)

const approve: Json = { verdict: 'approve', summary: 'Well.' }

test('a refactoring without an objective asks no model, and keeps what passes', { timeout: patience }, async () => {
  const repo = repository('refactor')
  const input = { repo, transformations: ['no-var', 'object-shorthand'] }
  const { run, failures } = await carryOut('refactor', input)
  expect([run.status, ...failures]).toEqual(['SUCCEEDED'])
  expect(run.tasks.find(({ key }) => key === 'rework')?.status).toBe('SKIPPED')
  expect(run.approvals.map(({ kind, status }) => [kind, status])).toEqual([['push', 'ANSWERED']])
  const branch = branchOf(repo)
  expect(branch).toMatch(/^orrery\/refactor-/)
  expect(git(repo, 'diff', 'main', branch, '--stat')).toMatch(/src\/names\.js/)
  expect(git(repo, 'show', `${branch}:src/names.js`)).toMatch(/let all = \[\][\s\S]*\{ name, length/)
})

test('what simulated models cannot do ends as failed, and says why', { timeout: patience }, async () => {
  const variables = { repo: repository('beyond'), objective: 'Translate all names into Old Norse.' }
  const { run, failures } = await carryOut('build-feature', variables, { simulated: true })
  expect(run.status).toBe('FAILED')
  expect(run.approvals.map(({ kind }) => kind)).toEqual(['plan'])
  expect(failures.join()).toMatch(/code-generator ended without a result: it stopped calling tools/)
})

test('of several who do the same at once, the one that judges prefer is merged', { timeout: patience }, async () => {
  const repo = repository('best')
  const gateway = (real: ModelGateway) => scriptedGateway(real, { spoiled: 1, nonsense: 1 })
  const variables = { repo, objective: 'Write notes/best.txt.', publish: 'auto', checks: 3 }
  const ended = await carryOut('choose-best', variables, { simulated: true, gateway })
  expect([ended.run.status, ...ended.failures]).toEqual(['SUCCEEDED'])
  expect(JSON.parse(String(await ended.body('Judgement')))).toMatchObject({
    candidates: expect.arrayContaining([
      expect.objectContaining({ lost: expect.stringMatching(/breaks what passed before: lengths/) }),
    ]),
    // One judge talked nonsense; the two others agree.
    agreement: 1,
    votes: expect.arrayContaining([expect.objectContaining({ first: null, prefers: null })]),
  })
  const branch = branchOf(repo)
  expect(git(repo, 'show', `${branch}:notes/best.txt`)).toBe('note 3')
  // At the same time: the second one began before the first one was done.
  const seqOf = (type: string) => ended.events.filter(one => one.type === type && isCandidate(ended.run, one))
  expect(seqOf('TaskClaimed')[1]?.seq).toBeLessThan(seqOf('TaskSucceeded')[0]?.seq ?? 0)
  expect(JSON.parse(String(await ended.body('Reasoning')))).toMatchObject({ samples: 3 })
  await expectLetGo(ended)
})

/** What was held for all who take part is given back. */
async function expectLetGo({ sql }: Ended): Promise<void> {
  const held = await sql`select state, reserved_micros::int as left from ledger_calls where provider = 'hold'`
  expect([...held]).toEqual([{ state: 'released', left: 0 }])
  expect(await sql`select id from budgets where reserved_micros <> 0`).toHaveLength(0)
}

test('of a planned step that is done several times, the best is merged', { timeout: patience }, async () => {
  const repo = repository('contest')
  const gateway = (real: ModelGateway) => scriptedGateway(real, { contested: 2, spoiled: 2, reviews: [approve] })
  const variables = { repo, objective: 'Notes.', publish: 'auto' }
  const ended = await carryOut('build-feature', variables, { simulated: true, gateway })
  const { run, failures, body } = ended
  expect([run.status, ...failures]).toEqual(['SUCCEEDED'])
  const parts = run.tasks.filter(({ key }) => key.startsWith('build/best'))
  expect(parts.map(({ uses }) => uses.replace('consensus.', '')).join(' ')).toBe(
    'choose open candidate candidate judge judge judge',
  )
  // Both of them began on the same trunk; the one that broke the tests had no part in the choice.
  expect(JSON.parse(String(await body('Judgement')))).toMatchObject({
    candidates: expect.arrayContaining([
      expect.objectContaining({ lost: null }),
      expect.objectContaining({ lost: expect.stringMatching(/breaks what passed before: lengths/) }),
    ]),
  })
  expect(git(repo, 'diff', '--name-only', 'main', branchOf(repo))).toBe('notes/best.txt')
  await expectLetGo(ended)
})

const isCandidate = ({ tasks }: Run, { data }: RecordedEvent): boolean =>
  'taskIndex' in data && tasks[data.taskIndex]?.key.startsWith('candidates/') === true

const change: Json = {
  verdict: 'changes',
  summary: 'Not yet.',
  findings: [{ severity: 'error', file: 'notes/first.txt', problem: 'Stale. Write notes/first.txt anew.' }],
}

test('of two who write the same lines, the later one waits for a resolver', { timeout: patience }, async () => {
  const repo = repository('clash')
  const gateway = (real: ModelGateway) => scriptedGateway(real, { clashing: 2, reviews: [approve] })
  const variables = { repo, objective: 'Notes.', publish: 'auto' }
  const { run, events, failures } = await carryOut('build-feature', variables, { simulated: true, gateway })
  expect([run.status, ...failures]).toEqual(['SUCCEEDED'])
  const resolver = run.tasks.find(({ uses }) => uses === 'merge-resolver')
  const author = run.tasks[resolver?.groupIndex ?? -1]
  expect([resolver?.status, author?.status, author?.key]).toEqual([
    'SUCCEEDED',
    'SUCCEEDED',
    expect.stringMatching(/^build\/clash-/),
  ])
  const said = events.filter(({ type }) => type.startsWith('Handoff') || type === 'MergeConflicted')
  // Done twice by its author, before and after the wait, the conflict is one.
  expect(said.map(({ type }) => type)).toEqual(['MergeConflicted', 'HandoffOffered', 'HandoffAccepted'])
  expect(said[0]?.data).toMatchObject({ taskIndex: author?.index, files: 1, paths: ['notes/same.txt'] })
  expect(said[1]?.causationSeq).toBe(said[0]?.seq)
  // What waits for both waits for the resolver, too.
  const seqOf = (type: string, index = -1) =>
    events.findLast(one => one.type === type && 'taskIndex' in one.data && one.data.taskIndex === index)?.seq ?? 0
  const tests = run.tasks.find(({ key }) => key === 'tests')
  expect(seqOf('TaskReady', tests?.index)).toBeGreaterThan(seqOf('TaskSucceeded', resolver?.index))
  const branch = branchOf(repo)
  expect(git(repo, 'show', `${branch}:notes/same.txt`)).toMatch(/^both \d$/)
  expect(git(repo, 'rev-list', '--count', `main..${branch}`)).toBe('2')
})

describe.runIf(soak)('with every reply written down', () => {
  const scripted = {
    simulated: true,
    gateway: (real: ModelGateway) => scriptedGateway(real, { reviews: [change, approve] }),
  }

  test('a feature goes from its plan, through a review, to a branch', { timeout: patience }, async () => {
    const repo = repository('feature')
    const { run, failures } = await carryOut('build-feature', { repo, objective: 'Notes.' }, scripted)
    expect([run.status, ...failures]).toEqual(['SUCCEEDED'])
    expect(run.approvals.map(({ kind }) => kind)).toEqual(['plan', 'push'])
    const at = (key: string) => run.tasks.find(task => task.key === key)?.index ?? -1
    expect(run.tasks[at('build/second')]?.needs).toEqual([at('build/first')])
    const branch = branchOf(repo)
    expect(git(repo, 'diff', '--name-only', 'main', branch).split('\n')).toEqual(
      ['beside', 'first', 'second'].map(name => `notes/${name}.txt`),
    )
    expect(git(repo, 'show', `${branch}:notes/first.txt`)).toMatch(/^anew/)
    expect(git(repo, 'log', '-1', '--format=%B', branch)).toMatch(/^Simulated: true$/m)
  })

  // What is written carries a number. Before the three candidates, of whom judges like the last one best, there are the three
  // steps of the plan or what the workflow begins with, and three rounds of the author.
  test.each([
    ['build-feature', 'Notes.', 'rereview', 'notes/first.txt', 'anew 9'],
    ['fix-bug', 'Write notes/fixed.txt.', 'review', 'notes/first.txt', 'anew 7'],
    ['refactor', 'Write notes/tidy.txt.', 'review', 'notes/first.txt', 'anew 6'],
    ['write-tests', 'Cover lengths.', 'review', 'test/none.test.js', '// test 6'],
  ])(
    'where author and reviewer of %s cannot agree, others try, and judges choose',
    {
      timeout: 2 * patience,
    },
    async (name, objective, reviewing, file, line) => {
      const repo = repository(`dispute-${name}`)
      const failing = name === 'fix-bug'
      const gateway = (real: ModelGateway) => scriptedGateway(real, { reviews: [change], failing })
      const rules = name === 'refactor' ? { transformations: ['no-var'] } : {}
      const variables = { repo, objective, publish: 'auto', ...rules }
      const { run, failures, body } = await carryOut(name, variables, { simulated: true, gateway })
      expect([run.status, ...failures]).toEqual(['SUCCEEDED'])
      const review = run.tasks.find(({ key }) => key === reviewing)
      expect([review?.status, review?.round]).toEqual(['SUCCEEDED', 2])
      expect(JSON.parse(String(await body('Judgement')))).toMatchObject({ winner: expect.any(String), agreement: 1 })
      expect(git(repo, 'show', `${branchOf(repo)}:${file}`).split('\n')).toContain(line)
    },
  )

  test.each(['new-web-app', 'new-api-service', 'new-data-pipeline'])(
    '%s hands over a whole project',
    { timeout: patience },
    async name => {
      const { run, failures, body } = await carryOut(name, { objective: 'Notes.' }, scripted)
      expect([run.status, ...failures]).toEqual(['SUCCEEDED'])
      const names = execFileSync('tar', ['-t'], { input: await body('Archive') }).toString()
      expect(names.split('\n')).toEqual(expect.arrayContaining(['project/package.json', 'project/notes/second.txt']))
    },
  )

  test('a change is reviewed', { timeout: patience }, async () => {
    const repo = repository('review')
    commit(repo, 'Change it', { 'src/more.js': 'export const more = 1\n' })
    git(repo, 'branch', 'before', 'HEAD~1')
    const reviewed = await carryOut('review-change', { repo, base: 'before' }, scripted)
    expect([reviewed.run.status, ...reviewed.failures]).toEqual(['SUCCEEDED'])
    expect(JSON.parse(String(await reviewed.body('ReviewReport')))).toMatchObject({ verdict: 'changes' })
  })

  test('tests are written, reviewed and kept', { timeout: patience }, async () => {
    const repo = repository('tests')
    const gateway = (real: ModelGateway) => scriptedGateway(real, { reviews: [approve] })
    const variables = { repo, objective: 'Cover lengths.', publish: 'auto' }
    const { run, failures } = await carryOut('write-tests', variables, { simulated: true, gateway })
    expect([run.status, ...failures]).toEqual(['SUCCEEDED'])
    expect(run.tasks.find(({ key }) => key === 'tests')?.output).toMatchObject({ passed: 2, newFailures: 0 })
    expect(git(repo, 'diff', '--name-only', 'main', branchOf(repo))).toBe('test/none.test.js')
  })

  test('a refactoring with an objective goes back until its review is content', { timeout: patience }, async () => {
    const repo = repository('rework')
    const variables = { repo, objective: 'Write notes/tidy.txt.', publish: 'auto', transformations: ['no-var'] }
    const { run, failures } = await carryOut('refactor', variables, scripted)
    expect([run.status, ...failures]).toEqual(['SUCCEEDED'])
    expect(run.tasks.find(({ key }) => key === 'review')?.round).toBe(1)
    expect(git(repo, 'diff', '--name-only', 'main', branchOf(repo)).split('\n')).toEqual([
      'notes/first.txt',
      'notes/tidy.txt',
      'src/names.js',
    ])
  })

  test('a question that no page answers is answered with that', { timeout: patience }, async () => {
    const { run, failures, body } = await carryOut('research', { objective: 'When?' }, scripted)
    expect([run.status, ...failures]).toEqual(['SUCCEEDED'])
    expect(JSON.parse(String(await body('ResearchNote')))).toMatchObject({ claims: [], simulated: true })
  })
})
