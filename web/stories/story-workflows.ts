/** Workflows of the stories: their catalogue, their checks, and what they would do. */
import type { Json } from '../../domain/json.ts'
import { ago } from './ago.ts'

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
