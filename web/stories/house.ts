/** Answers about projects, money, keys, conversations and whatever is searched for, in the stories. */
import type { Json } from '../../domain/json.ts'

type Vars = Record<string, unknown>
const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString()

const budget = (limit: number | null, spent: number) => ({
  __typename: 'Budget',
  subjectId: `b${limit}`,
  limit,
  spent,
  reserved: 210_000,
  forecast: spent + 640_000,
  byModel: [
    { __typename: 'Spending', name: 'anthropic/claude-opus', calls: 214, spent: Math.round(spent * 0.9) },
    { __typename: 'Spending', name: 'anthropic/claude-haiku', calls: 1_061, spent: Math.round(spent * 0.1) },
  ],
})

const organisation = { __typename: 'Organisation', id: 'org_1', name: 'Home' }
const key = (id: string, name: string, more: { [field: string]: Json }) => ({
  __typename: 'Key',
  id,
  name,
  role: 'MEMBER',
  publicId: `orr_live_${id}`,
  isMine: false,
  createdAt: ago(90_000),
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: ago(12),
  ...more,
})
const keys = [
  key('k1', 'owner', { role: 'OWNER', isMine: true }),
  key('k2', 'Ada', { lastUsedAt: ago(3_000) }),
  key('k3', 'nightly builds', { expiresAt: new Date(Date.now() + 86_400_000 * 40).toISOString(), lastUsedAt: null }),
  key('k4', 'a laptop that was lost', { revokedAt: ago(600) }),
]

const call = (place: number, runId: string, more: { [field: string]: Json }) => ({
  __typename: 'LedgerCall',
  key: `${runId}/3/1/${place}`,
  model: 'anthropic/claude-opus',
  charged: 41_200 + place * 7_310,
  isCertain: true,
  settledAt: ago(place * 9 + 2),
  task: { __typename: 'Task', id: `tsk_${place}`, index: 3, title: 'Mend the rounding' },
  run: { __typename: 'Run', id: runId, title: 'Fix a bug: totals are rounded twice' },
  ...more,
})
const calls = (runId: string) => [
  call(0, runId, {}),
  call(1, runId, { isCertain: false }),
  call(2, runId, { model: 'anthropic/claude-haiku' }),
  call(3, runId, { key: 'message/1', run: null, task: null }),
]
const spent = (runId: string): number => calls(runId).reduce((sum, one) => sum + one.charged, 0)

export const proposal = (project: Json): Json => ({
  __typename: 'Proposal',
  id: 'prp_0199000000007000800000000000000a',
  state: 'DONE',
  text: 'Find out what is wrong with this repository before the release, and do not look at the vendored code',
  workflow: 'repository-audit',
  title: 'Repository audit: what is wrong with this repository before the release',
  variables: { repo: 'https://example.org/orders-service.git', exclude: ['vendor/**', 'third_party/**'], depth: 500 },
  questions: [{ __typename: 'ProposalQuestion', variable: 'branch', question: 'Which branch is released?' }],
  estimate: { __typename: 'CostEstimate', low: 120_000, high: 640_000, basis: 'PAST_RUNS', runs: 14 },
  reason: 'The request asks what is wrong, and changes nothing: an audit reads the repository from all sides.',
  confidence: 0.86,
  model: 'anthropic/claude-haiku',
  simulated: false,
  error: null,
  project,
  run: null,
})

const message = (seq: number, more: { [field: string]: Json }) => ({
  __typename: 'Message',
  id: `msg_${seq}`,
  seq,
  author: seq % 2 === 1 ? 'PERSON' : 'ASSISTANT',
  by: seq % 2 === 1 ? 'Ada' : null,
  state: 'DONE',
  text: '',
  files: [],
  links: [],
  commands: [],
  error: null,
  model: seq % 2 === 1 ? null : 'anthropic/claude-haiku',
  simulated: false,
  cost: seq % 2 === 1 ? 0 : 3_100,
  createdAt: ago(40 - seq * 4),
  ...more,
})

const messages = (runId: string) => [
  message(1, {
    text: 'Why did the audit of last night fail?',
    files: [{ __typename: 'SaidFile', name: 'ci.log', text: 'npm error code 1\nnpm error missing script: build\n' }],
  }),
  message(2, {
    text: `The task **Run the tests** failed twice [${runId}#24]: \`npm test\` ended with exit code 1, because a script is missing [${runId}#21].\n\n- the log that you handed in says the same\n- nothing was written to the repository`,
    links: [
      { __typename: 'EventLink', runId, seq: 24, type: 'TaskAttemptFailed', title: 'Audit of orders-service' },
      { __typename: 'EventLink', runId, seq: 21, type: 'ToolCallFinished', title: 'Audit of orders-service' },
    ],
  }),
  message(3, { text: 'Do it again, and cancel the one that hangs.' }),
  message(4, {
    text: 'I propose both.',
    simulated: true,
    commands: [
      {
        __typename: 'ProposedCommand',
        index: 0,
        kind: 'retryTask',
        summary: 'Do task 3 of “Audit of orders-service” again',
        state: 'PROPOSED',
        run: null,
        error: null,
      },
      {
        __typename: 'ProposedCommand',
        index: 1,
        kind: 'cancelRun',
        summary: 'Cancel “Audit of legacy-billing”',
        state: 'DONE',
        run: { __typename: 'Run', id: runId, title: 'Audit of legacy-billing', status: 'CANCELLED' },
        error: null,
      },
    ],
  }),
  message(5, { text: 'And how far is the other one?' }),
  message(6, { state: 'THINKING', model: null, cost: 0 }),
]

/** What subscriptions about the house say first; null for those of others. */
export function houseMessage(name: string | undefined, runId: string, project: Json): object | null {
  if (name === 'SpendingChanged')
    return { spendingChanged: { __typename: 'SpentInSpan', spent: spent(runId), count: calls(runId).length } }
  if (name === 'ProposalChanged') return { proposalChanged: proposal(project) }
  if (name !== 'ConversationChanged') return null
  const conversation = { __typename: 'Conversation', id: 'cnv_1', title: 'Why did it fail?', simulated: false }
  return {
    conversationChanged: { __typename: 'ConversationChanged', version: 9, conversation, messages: messages(runId) },
  }
}

type Rig = { empty: boolean; runId: string; project: Json; lines: readonly Json[] }

/** Answers by the name of the operation. */
export const houseAnswers = ({ empty, runId, project, lines }: Rig): Record<string, (variables: Vars) => unknown> => ({
  OrganisationBudget: () => ({
    viewer: { __typename: 'Viewer', organisation: { ...organisation, budget: budget(50_000_000, 12_345_678) } },
  }),
  ProjectBudget: () => ({ project: { __typename: 'Project', id: 'prj_x', budget: budget(20_000_000, 17_400_000) } }),
  FirstSteps: () => ({
    examples: [
      {
        __typename: 'Example',
        name: 'python-inventory',
        about: 'The stock of a small warehouse in plain Python.',
        repository: '/srv/orrery/examples/python-inventory',
      },
    ],
    providers: [{ __typename: 'Provider', name: 'anthropic', simulated: false, status: 'NOT_SET_UP' }],
  }),
  Members: () => ({ keys: { __typename: 'KeyConnection', nodes: keys } }),
  Keys: () => ({
    viewer: { __typename: 'Viewer', kind: 'PERSON', name: 'owner', role: 'OWNER', keyId: 'k1', expiresAt: null },
    keys: { __typename: 'KeyConnection', totalCount: keys.length, nodes: keys },
  }),
  CreateKey: () => ({
    createKey: { __typename: 'CreateKeyPayload', secret: `orr_live_${'x'.repeat(40)}`, key: key('k5', 'new', {}) },
  }),
  Spending: () => ({
    spending: {
      __typename: 'SpentInSpan',
      spent: empty ? 0 : spent(runId),
      count: empty ? 0 : calls(runId).length,
      calls: {
        __typename: 'LedgerCallConnection',
        nodes: empty ? [] : calls(runId),
        pageInfo: { hasNextPage: false, endCursor: null },
      },
    },
  }),
  Conversations: () => ({
    conversations: {
      __typename: 'ConversationConnection',
      nodes: empty
        ? []
        : [
            { __typename: 'Conversation', id: 'cnv_1', title: 'Why did it fail?', simulated: false, updatedAt: ago(4) },
            {
              __typename: 'Conversation',
              id: 'cnv_2',
              title: 'What to do next',
              simulated: true,
              updatedAt: ago(3_000),
            },
          ],
    },
  }),
  PaletteNames: () => ({
    agents: [
      { __typename: 'Agent', name: 'architect', title: 'Architect' },
      { __typename: 'Agent', name: 'reviewer', title: 'Reviewer' },
    ],
    workflows: [{ __typename: 'Workflow', name: 'repository-audit', title: 'Repository audit' }],
  }),
  Search: ({ query }) => ({
    search: {
      __typename: 'SearchResult',
      projects: [project].filter(one => JSON.stringify(one).toLowerCase().includes(String(query).toLowerCase())),
      runs: lines.filter(one => JSON.stringify(one).toLowerCase().includes(String(query).toLowerCase())),
      artifacts: [
        {
          __typename: 'Artifact',
          id: 'art_0199000000007000a000000000000005',
          kind: 'AuditReport',
          title: 'Report of the audit',
          run: { __typename: 'Run', id: runId, title: 'Audit of orders-service' },
        },
      ].filter(one => JSON.stringify(one).toLowerCase().includes(String(query).toLowerCase())),
    },
  }),
  ProposeRun: () => ({
    proposeRun: {
      __typename: 'ProposeRunPayload',
      proposal: { __typename: 'Proposal', id: 'prp_0199000000007000800000000000000a' },
    },
  }),
  ConfirmProposal: () => ({
    confirmProposal: {
      __typename: 'InvalidInput',
      message: 'variables of repository-audit: branch: is no branch',
      hint: '',
    },
  }),
})
