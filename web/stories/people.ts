/** What is asked of people, and who serves models, in the stories. */
import type { Json } from '../../domain/json.ts'
import { changeBodies, changeDiff } from './change-bodies.ts'

const yesOrNo = [
  { name: 'approve', label: 'Approve', type: 'boolean', options: [], required: true, maxLength: 2_000 },
  { name: 'reason', label: 'Reason', type: 'text', options: [], required: false, maxLength: 2_000 },
]
const budget = [
  {
    name: 'choice',
    label: 'What now',
    type: 'choice',
    options: [
      { value: 'raise', label: 'Raise the budget' },
      { value: 'cheaper', label: 'Go on with cheaper models' },
      { value: 'stop', label: 'Stop here' },
    ],
    required: true,
    maxLength: 100,
  },
  {
    name: 'limitMicros',
    label: 'New budget in micro-dollars',
    type: 'integer',
    options: [],
    required: false,
    minimum: 2_000_001,
    maxLength: 100,
  },
]

const asked = (place: number, kind: string, title: string, more: { [key: string]: Json }, runId: string) => ({
  __typename: 'Approval',
  id: `apr_0199000000007000800000000000000${place}`,
  kind,
  status: 'OPEN',
  title,
  body: '',
  fields: yesOrNo,
  quorum: 1,
  votes: 0,
  answer: null,
  answeredBy: null,
  requestedAt: new Date(Date.now() - place * 400_000).toISOString(),
  dueAt: null,
  closedAt: null,
  taskIndex: 1,
  task: { __typename: 'Task', id: `tsk_${place}`, title: 'Put it on a branch' },
  run: { __typename: 'Run', id: runId, title: 'Fix a bug: orders-service' },
  ...more,
})

export const openApprovals = (runId: string) => [
  asked(
    3,
    'PUSH',
    'Put this change on a branch of orders-service?',
    {
      body: 'Two files, **+12 −3**. The tests pass: `84 passed, 0 failed`.\n\n```diff\n-  return Math.round(total * 100)\n+  return Math.round(total * 100) / 100\n```\n\n- reviewed by `reviewer`, no findings\n- nothing leaves this machine',
      dueAt: new Date(Date.now() + 5_400_000).toISOString(),
    },
    runId,
  ),
  asked(
    2,
    'BUDGET',
    'The budget of the run is used up',
    { body: 'Of $2.00, $1.94 are spent and $0.00 reserved. The next call needs at least $0.11.', fields: budget },
    runId,
  ),
  asked(1, 'PLAN', 'Carry this plan out?', { quorum: 2, votes: 1, body: 'Three steps, about $0.40.' }, runId),
]

/** A question with what is known about it and its run; the change only where it asks about one. */
export function approvalContext(id: string, runId: string) {
  const question = openApprovals(runId).find(one => one.id === id)
  if (question === undefined) return null
  const { kind } = question as { kind: string }
  return {
    ...question,
    diff: kind === 'PUSH' ? changeDiff : null,
    facts: kind === 'PUSH' ? { branch: 'orrery/round-totals', files: 3, added: 25, removed: 7 } : null,
    seq: 71,
    onDeadline: 'DENY',
    escalated: false,
    run: {
      __typename: 'Run',
      id: runId,
      title: 'Fix a bug: orders-service',
      status: 'WAITING',
      workflow: 'fix-bug',
      startedAt: new Date(Date.now() - 1_300_000).toISOString(),
      project: {
        __typename: 'Project',
        id: 'prj_0199000000007000800000000000000bb',
        name: 'orders-service',
        slug: 'orders-service',
      },
      budget: { __typename: 'Budget', limit: 2_000_000, spent: 354_000, reserved: 0 },
      artifacts: { nodes: storyArtifacts },
    },
  }
}

const storyArtifacts = Object.values(changeBodies).map(({ kind, title, mediaType, score, parts }, place) => ({
  __typename: 'Artifact',
  id: `art_0199000000007000b000${String(place).padStart(12, '0')}`,
  kind,
  title,
  mediaType,
  size: 900,
  hash: 'b7'.repeat(32),
  taskIndex: 2,
  attempt: 1,
  seq: 20 + place,
  score,
  scoreParts: parts,
  simulated: false,
}))
