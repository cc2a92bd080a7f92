/** Agents of the stories. */
import type { Json } from '../../domain/json.ts'
import { ago, type OfRun } from './ago.ts'

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

const atWork = (index: number, title: string, doing: string, tool: string, { runId }: OfRun) => ({
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

export const agentsAnswer = (run: OfRun) => ({
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

const recent = (index: number, title: string, status: string, error: string | null, { runId }: OfRun) => ({
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

export const agentAnswer = (name: string, failedOnly: boolean, run: OfRun) => ({
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
