/** The audit of a repository: check out, look around, analyse and test in parallel, report. */
import type { WorkflowInput } from '../../domain/workflow.ts'

const source = { $ref: 'tasks.checkout.output' }
const minutes = (count: number): number => count * 60_000
/** A lost worker or a full machine is worth another try; a verdict on a repository is not made better by one. */
const retry = { maxAttempts: 2, backoffMs: 1_000 }

export const repositoryAudit: WorkflowInput = {
  name: 'repository-audit',
  version: 1,
  title: 'Repository audit',
  description:
    'Checks a repository out, examines its surroundings, runs the analyzers that suit and its tests in a sandbox, and ranks what they found. Needs no model.',
  variables: [
    {
      name: 'repo',
      type: 'string',
      required: true,
      description: 'An absolute path on the machine of the server, or an https URL',
    },
    {
      name: 'ref',
      type: 'string',
      description: 'A branch, a tag or a commit; what HEAD is unless told',
      maxLength: 200,
    },
    {
      name: 'testTimeoutSeconds',
      type: 'integer',
      default: 120,
      minimum: 1,
      maximum: 3_600,
      description: 'How long the tests may take',
    },
  ],
  steps: [
    {
      key: 'checkout',
      title: 'Check out',
      agent: 'git.checkout',
      input: { repo: { $ref: 'variables.repo' }, ref: { $ref: 'variables.ref' } },
      retry,
      timeoutMs: minutes(10),
    },
    {
      key: 'environment',
      title: 'Environment',
      agent: 'env.doctor',
      needs: ['checkout'],
      input: { source },
      retry,
      timeoutMs: minutes(5),
    },
    {
      key: 'analyses',
      title: 'Analyse: {item}',
      agent: 'analyzer.{item}',
      needs: ['environment'],
      forEach: 'tasks.environment.output.analyzers',
      input: { source },
      retry,
      optional: true,
      timeoutMs: minutes(8),
    },
    {
      key: 'tests',
      title: 'Test: {item}',
      agent: 'test.runner',
      needs: ['environment'],
      forEach: 'tasks.environment.output.testRunners',
      input: { source, runner: { $ref: 'item' }, timeoutSeconds: { $ref: 'variables.testTimeoutSeconds' } },
      optional: true,
      // The tests take longest: they start first.
      priority: 10,
      timeoutMs: minutes(65),
    },
    {
      key: 'report',
      title: 'Report',
      agent: 'audit.report',
      workerClass: 'light',
      needs: ['analyses', 'tests'],
      trigger: 'all-done',
      when: { path: 'tasks.checkout.output.tree', op: 'exists' },
      input: {
        analyzers: { $ref: 'tasks.environment.output.analyzers' },
        testRunners: { $ref: 'tasks.environment.output.testRunners' },
      },
      timeoutMs: minutes(5),
    },
  ],
}
