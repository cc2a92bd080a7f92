/** Workflows: the templates of runs, and every version of them that was ever in force here. */
import type { WorkflowVersion } from '../../db/tenant-workflows.ts'
import type { Json } from '../../domain/json.ts'
import type { QualityGate, Step, StepApproval, StepBack, Variable, Workflow } from '../../domain/workflow.ts'
import { builder } from './builder.ts'

const WorkflowVariable = builder.objectRef<Variable>('WorkflowVariable').implement({
  description: 'What a run of the workflow can be given.',
  fields: t => ({
    name: t.exposeString('name'),
    type: t.exposeString('type', { description: 'string, integer, number, boolean or string[].' }),
    description: t.exposeString('description'),
    required: t.exposeBoolean('required'),
    default: t.field({ type: 'JSON', nullable: true, resolve: variable => variable.default ?? null }),
    enum: t.stringList({ nullable: true, resolve: variable => variable.enum ?? null }),
    minimum: t.float({ nullable: true, resolve: variable => variable.minimum ?? null }),
    maximum: t.float({ nullable: true, resolve: variable => variable.maximum ?? null }),
    maxLength: t.exposeInt('maxLength'),
  }),
})

const ApprovalRef = builder.objectRef<StepApproval>('StepApproval').implement({
  description: 'A person is asked before the step begins.',
  fields: t => ({
    title: t.exposeString('title'),
    kind: t.exposeString('kind'),
    timeoutMs: t.float({ nullable: true, resolve: approval => approval.timeoutMs }),
    onDeadline: t.exposeString('onDeadline', { description: 'deny, escalate or wait.' }),
    quorum: t.exposeInt('quorum', { description: 'How many must say yes.' }),
  }),
})

const BackRef = builder.objectRef<StepBack>('StepBack').implement({
  description: 'While the condition holds after the step, an earlier one and all that follows it is done again.',
  fields: t => ({
    to: t.exposeString('to'),
    when: t.field({ type: 'JSON', resolve: back => back.when as unknown as Json }),
    maxRounds: t.exposeInt('maxRounds'),
  }),
})

const GateRef = builder.objectRef<QualityGate>('QualityGate').implement({
  description: 'The step counts as done only where its newest artifact of the kind scores at least this.',
  fields: t => ({ kind: t.exposeString('kind'), minScore: t.exposeFloat('minScore') }),
})

const WorkflowStep = builder.objectRef<Step>('WorkflowStep').implement({
  description: 'A node of the template.',
  fields: t => ({
    key: t.exposeString('key'),
    title: t.exposeString('title'),
    agent: t.string({ nullable: true, resolve: step => step.agent ?? null }),
    workflow: t.string({
      nullable: true,
      description: 'The workflow that it is a run of.',
      resolve: step => step.workflow ?? null,
    }),
    needs: t.stringList({ description: 'Keys of the steps that it waits for.', resolve: step => step.needs }),
    trigger: t.exposeString('trigger', { description: 'all-succeeded or all-done: when its needs count as met.' }),
    when: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The condition without which it is skipped.',
      resolve: step => (step.when ?? null) as Json,
    }),
    forEach: t.string({
      nullable: true,
      description: 'The list that it fans out over.',
      resolve: step => step.forEach ?? null,
    }),
    approval: t.field({ type: ApprovalRef, nullable: true, resolve: step => step.approval ?? null }),
    back: t.field({ type: BackRef, nullable: true, resolve: step => step.back ?? null }),
    gate: t.field({ type: GateRef, nullable: true, resolve: step => step.gate ?? null }),
    reads: t.stringList({ description: 'Kinds of artifacts that must be there.', resolve: step => step.reads }),
    produces: t.stringList({ description: 'Kinds that it must leave.', resolve: step => step.produces }),
    requires: t.stringList({ description: 'Capabilities that its agent must have.', resolve: step => step.requires }),
    budgetShare: t.float({ nullable: true, resolve: step => step.budgetShare ?? null }),
    maxAttempts: t.int({ resolve: step => step.retry.maxAttempts ?? 1 }),
    optional: t.exposeBoolean('optional'),
    timeoutMs: t.exposeInt('timeoutMs'),
  }),
})

export const WorkflowRef = builder.objectRef<Workflow>('Workflow').implement({
  description: 'A versioned template of a graph.',
  fields: t => ({
    name: t.exposeString('name'),
    version: t.exposeInt('version'),
    title: t.exposeString('title'),
    description: t.exposeString('description'),
    variables: t.field({ type: [WorkflowVariable], resolve: workflow => workflow.variables }),
    steps: t.field({ type: [WorkflowStep], resolve: workflow => workflow.steps }),
    maxParallel: t.exposeInt('maxParallel'),
    timeoutMs: t.exposeInt('timeoutMs'),
    definition: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The whole template, as data.',
      resolve: workflow => workflow as unknown as Json,
    }),
  }),
})

const VersionRef = builder.objectRef<WorkflowVersion>('WorkflowVersion').implement({
  description: 'A definition that is or was in force here.',
  fields: t => ({
    version: t.exposeInt('version'),
    hash: t.exposeString('hash', { description: 'sha256: two of one number differ in it.' }),
    seenAt: t.expose('seenAt', { type: 'DateTime', description: 'When it was first in force.' }),
    runs: t.exposeInt('runs', { description: 'Runs that were started with this number.' }),
    definition: t.field({ type: 'JSON', resolve: version => version.definition as unknown as Json }),
  }),
})

builder.objectField(WorkflowRef, 'versions', t =>
  t.field({
    type: [VersionRef],
    description: 'Newest first; also those of before an update.',
    resolve: ({ name }, _, { load }) => load.workflowVersions.load(name),
  }),
)

builder.queryFields(t => ({
  workflows: t.field({
    type: [WorkflowRef],
    description: 'By name.',
    resolve: (_, __, { services }) => [...services.workflows.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
  }),
  workflow: t.field({
    type: WorkflowRef,
    nullable: true,
    description: 'Null where there is no such template.',
    args: { name: t.arg.string({ required: true }) },
    resolve: (_, { name }, { services }) => services.workflows.get(name) ?? null,
  }),
}))
