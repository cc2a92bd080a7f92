/** Agents and workflows of the stories. */
import type { Json } from '../../domain/json.ts'

type Run = { runId: string }
const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString()

const figures = (more: { [key: string]: Json }) => ({
  __typename: 'AgentFigures',
  ended: 0,
  succeeded: 0,
  failed: 0,
  attempts: 0,
  medianMs: null,
  p95Ms: null,
  sentBack: 0,
  modelCalls: 0,
  spent: 0,
  inputTokens: 0,
  outputTokens: 0,
  ...more,
})

const agent = (
  name: string,
  title: string,
  capabilities: readonly string[],
  more: { [key: string]: Json | object[] },
) => ({
  __typename: 'Agent',
  name,
  title,
  description: '',
  capabilities,
  needsModel: true,
  atWork: [],
  figures: figures({}),
  ...more,
})

const atWork = (index: number, title: string, doing: string, tool: string, { runId }: Run) => ({
  __typename: 'AgentActivity',
  seq: 40 + index,
  at: ago(0.2),
  type: 'ToolCallStarted',
  doing,
  with: tool,
  task: {
    __typename: 'Task',
    id: `tsk_${index}`,
    index,
    title,
    startedAt: ago(1.2 + index),
    run: { __typename: 'Run', id: runId, title: 'Fix a bug: totals are rounded twice' },
  },
})

export const agentsAnswer = (run: Run) => ({
  agents: [
    agent('code-generator', 'Code generator', ['coding', 'testing'], {
      figures: figures({
        ended: 214,
        succeeded: 201,
        failed: 13,
        attempts: 260,
        medianMs: 184_000,
        p95Ms: 900_000,
        sentBack: 31,
        modelCalls: 3_120,
        spent: 41_280_000,
      }),
      atWork: [
        atWork(3, 'Mend the rounding', 'node --test test/totals.test.js', 'shell', run),
        atWork(4, 'Carry prices as cents', 'src/cart/totals.js', 'edit', run),
      ],
    }),
    agent('reviewer', 'Reviewer', ['review', 'debugging'], {
      figures: figures({
        ended: 240,
        succeeded: 238,
        failed: 2,
        attempts: 244,
        medianMs: 96_000,
        p95Ms: 240_000,
        modelCalls: 1_410,
        spent: 18_040_000,
      }),
    }),
    agent('debugger', 'Debugger', ['debugging', 'coding'], {
      figures: figures({
        ended: 12,
        succeeded: 4,
        failed: 8,
        attempts: 30,
        medianMs: 420_000,
        p95Ms: 1_800_000,
        sentBack: 6,
        modelCalls: 380,
        spent: 6_120_000,
      }),
    }),
    agent('project-manager', 'Project manager', ['planning'], {
      figures: figures({ ended: 61, succeeded: 61, attempts: 61, medianMs: 41_000, modelCalls: 122, spent: 940_000 }),
    }),
    agent('researcher', 'Researcher', ['research', 'writing'], {}),
    agent('analyzer.lint', 'Lint', ['analyze'], {
      needsModel: false,
      figures: figures({ ended: 96, succeeded: 96, attempts: 96, medianMs: 6_200 }),
    }),
    agent('code.publish', 'Publish', ['git', 'publish'], {
      needsModel: false,
      figures: figures({ ended: 55, succeeded: 54, failed: 1, attempts: 57, medianMs: 2_100 }),
    }),
    agent('git.checkout', 'Check out', ['git'], {
      needsModel: false,
      figures: figures({ ended: 150, succeeded: 149, failed: 1, attempts: 151, medianMs: 1_900 }),
    }),
  ],
})

const recent = (index: number, title: string, status: string, error: string | null, { runId }: Run) => ({
  __typename: 'Task',
  id: `tsk_recent_${index}`,
  index,
  title,
  status,
  attempt: 1,
  startedAt: ago(index * 40 + 10),
  endedAt: ago(index * 40 + 4),
  error: error === null ? null : { __typename: 'Failure', message: error },
  run: { __typename: 'Run', id: runId, title: 'Fix a bug: totals are rounded twice' },
})

const prompt = `You change code in this repository, and nothing else.

Look before you change: read what you are about to edit, and one example of how this project does such things. Change as little as the task needs.

After each change run the tests. If a test fails that you did not touch, say so; do not mend it by weakening it.

<script>alert('a prompt is text')</script>

\`verified\` lists what you saw pass; \`notVerified\` what you did not look at.`

export const agentAnswer = (name: string, failedOnly: boolean, run: Run) => ({
  agent: {
    __typename: 'Agent',
    name,
    workerClass: 'sandbox',
    produces: ['ChangeSummary', 'CodePatch'],
    role: name.includes('.')
      ? null
      : {
          __typename: 'AgentRole',
          version: 3,
          prompt,
          reads: ['SpecDoc', 'Plan', 'TestReport'],
          produces: 'ChangeSummary',
          writes: true,
          capabilities: { coding: 1, testing: 0.4, debugging: 0.3 },
          preferred: ['anthropic'],
          thinking: 'medium',
          reasoning: true,
          maxTurns: 60,
          maxToolCalls: 200,
          maxOutputTokens: 8_000,
          tools: [
            ['read', 'READ', 'Reads a range of lines of a file.'],
            ['edit', 'WRITE', 'Replaces one exact piece of a file.'],
            ['shell', 'EXECUTE', 'Runs a command in the sandbox.'],
            ['fetch', 'NETWORK', 'Fetches the text of one page of an allowed host.'],
            ['submit', 'READ', 'Hands in the result.'],
          ].map(([tool, toolClass, description]) => ({
            __typename: 'AgentTool',
            name: tool,
            class: toolClass,
            description,
          })),
        },
    recent: [
      recent(3, 'Mend the rounding', 'SUCCEEDED', null, run),
      recent(2, 'Carry prices as cents', 'FAILED', 'its ChangeSummary scores 0.31, and 0.5 is asked for', run),
      recent(1, 'Write the totals once', 'SUCCEEDED', null, run),
    ].filter(({ status }) => !failedOnly || status === 'FAILED'),
  },
})

const step = (key: string, title: string, more: { [key: string]: Json }) => ({
  __typename: 'WorkflowStep',
  key,
  title,
  agent: null,
  workflow: null,
  needs: [],
  trigger: 'all-succeeded',
  when: null,
  forEach: null,
  reads: [],
  produces: [],
  requires: [],
  budgetShare: null,
  maxAttempts: 2,
  optional: false,
  timeoutMs: 600_000,
  approval: null,
  back: null,
  gate: null,
  ...more,
})

const failed = { path: 'tasks.tests.output.outcome', op: 'equals', value: 'failed' }
const steps = [
  step('checkout', 'Check out', { agent: 'git.checkout' }),
  step('environment', 'Environment', { agent: 'env.doctor', needs: ['checkout'] }),
  step('prepare', 'Prepare', { agent: 'code.prepare', needs: ['checkout'] }),
  step('before', 'Tests as they were', {
    agent: 'code.tests',
    needs: ['environment', 'prepare'],
    produces: ['TestReport'],
  }),
  step('plan', 'Plan', {
    agent: 'project-manager',
    needs: ['before', 'prepare'],
    produces: ['Plan'],
    gate: { kind: 'Plan', minScore: 0.6 },
    budgetShare: 0.1,
  }),
  step('build', '{item.title}', {
    agent: '{item.agent}',
    needs: ['plan'],
    forEach: 'tasks.plan.output.steps',
    budgetShare: 0.6,
    approval: {
      __typename: 'StepApproval',
      title: 'Carry out this plan?',
      kind: 'plan',
      timeoutMs: 86_400_000,
      onDeadline: 'deny',
      quorum: 1,
    },
  }),
  step('tests', 'Tests', {
    agent: 'code.tests',
    needs: ['build', 'environment'],
    back: { to: 'build', maxRounds: 2, when: failed },
  }),
  step('review', 'Review', {
    agent: 'reviewer',
    needs: ['tests'],
    requires: ['review'],
    reads: ['CodePatch', 'TestReport'],
    back: { to: 'plan', maxRounds: 2, when: { path: 'tasks.review.output.verdict', op: 'equals', value: 'changes' } },
  }),
  step('publish', 'Publish', {
    agent: 'code.publish',
    needs: ['review'],
    when: { not: { path: 'variables.publish', op: 'equals', value: 'never' } },
  }),
]

const variable = (name: string, type: string, description: string, more: { [key: string]: Json }) => ({
  __typename: 'WorkflowVariable',
  name,
  type,
  description,
  required: false,
  default: null,
  enum: null,
  minimum: null,
  maximum: null,
  maxLength: 4_096,
  ...more,
})
const variables = [
  variable('repo', 'string', 'An absolute path on the machine of the server, or an https URL', { required: true }),
  variable('objective', 'string', 'What is to be built, and for whom', { required: true, maxLength: 32_000 }),
  variable('publish', 'string', 'Whether a person is asked before the branch is written', {
    enum: ['ask', 'auto', 'never'],
    default: 'ask',
  }),
  variable('testTimeoutSeconds', 'integer', 'How long one run of the tests may take', {
    default: 120,
    minimum: 1,
    maximum: 3_600,
  }),
]

const workflow = {
  __typename: 'Workflow',
  name: 'build-feature',
  version: 3,
  title: 'Build a feature',
  description:
    'Plans what is wanted as a graph of steps, asks a person about the plan, builds the steps side by side, tests, reviews and writes the result as a branch.',
  maxParallel: 8,
  timeoutMs: 28_800_000,
  variables,
  steps,
}

export const catalogueAnswer = (empty: boolean) => ({
  workflows: empty
    ? []
    : [
        workflow,
        {
          ...workflow,
          name: 'repository-audit',
          version: 1,
          title: 'Repository audit',
          description: 'Examines a repository from all sides, runs its tests, and reports what to look at first.',
          steps: steps.slice(0, 5),
          variables: variables.slice(0, 1),
        },
        {
          ...workflow,
          name: 'research',
          title: 'Research',
          description: 'Claims with the words that they rest on.',
          steps: steps.slice(0, 2),
        },
      ],
})

const definition = (change: { version: number; reviewMs: number; publish: boolean }): Json => ({
  name: 'build-feature',
  version: change.version,
  title: 'Build a feature',
  steps: [
    { key: 'plan', title: 'Plan', agent: 'project-manager', timeoutMs: 600_000 },
    { key: 'review', title: 'Review', agent: 'reviewer', timeoutMs: change.reviewMs, needs: ['tests'] },
    ...(change.publish ? [{ key: 'publish', title: 'Publish', agent: 'code.publish', needs: ['review'] }] : []),
  ],
})
const version = (number: number, minutes: number, runs: number, body: Json) => ({
  __typename: 'WorkflowVersion',
  version: number,
  hash: `${number}f`.repeat(32),
  seenAt: ago(minutes),
  runs,
  definition: body,
})

export const workflowAnswer = (name: string) => ({
  workflow:
    name === 'nothing'
      ? null
      : {
          ...workflow,
          name,
          versions: [
            version(3, 2_000, 41, definition({ version: 3, reviewMs: 1_800_000, publish: true })),
            version(2, 20_000, 230, definition({ version: 2, reviewMs: 600_000, publish: false })),
            version(1, 90_000, 12, definition({ version: 1, reviewMs: 600_000, publish: false })),
          ],
        },
})

const fault = (path: string, message: string, line: number | null) => ({
  __typename: 'WorkflowFault',
  path,
  message,
  line,
  column: line === null ? null : 5,
})

/** A text that mentions `nobody` has faults; any other is whole. */
export const validationAnswer = (text: string) => ({
  validateWorkflow: {
    __typename: 'WorkflowValidation',
    faults: text.includes('nobody')
      ? [
          fault('version', 'Invalid input: expected number, received string', 2),
          fault('steps.dig.needs', 'there is no step nothing', 3),
          fault('steps.dig.agent', 'there is no agent nobody', null),
        ]
      : [],
    workflow: text.includes('nobody') ? null : workflow,
  },
})

export const dryRunAnswer = (given: Readonly<Record<string, unknown>>) => ({
  dryRun: {
    __typename: 'DryRun',
    faults: given.repo === undefined ? [fault('variables.repo', 'is required', null)] : [],
    longest: ['checkout', 'prepare', 'before', 'plan', 'build', 'tests', 'review', 'publish'],
    longestMs: 5_400_000,
    estimate: { __typename: 'CostEstimate', low: 120_000, high: 4_800_000, basis: 'WORST_CASE', runs: 0 },
    steps: steps.map(({ key, title, agent: uses, approval }, wave) => ({
      __typename: 'DryRunStep',
      key,
      title,
      uses,
      wave,
      outlook: key === 'publish' && given.publish === 'never' ? 'SKIPPED' : key === 'publish' ? 'OPEN' : 'RUNS',
      why: key === 'publish' ? 'its condition asks for results' : '',
      times: key === 'build' ? null : key === 'plan' ? 3 : 1,
      asks:
        approval === null
          ? key === 'publish'
            ? ['Whether the branch is to be written']
            : []
          : ['Carry out this plan?'],
      needsModel: ['plan', 'build', 'review'].includes(key),
    })),
  },
})
