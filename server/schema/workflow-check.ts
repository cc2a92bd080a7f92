/** Looking at a workflow before it is used: every fault of a text, and what a run would do. Nothing is kept or begun. */
import { type Checked, check, type DryRun, type DryStep, dryRun, type Fault, stepsOf } from '../check-workflow.ts'
import { builder } from './builder.ts'
import { Estimate } from './proposal.ts'
import { WorkflowRef } from './workflow.ts'

const FaultRef = builder.objectRef<Fault>('WorkflowFault').implement({
  fields: t => ({
    path: t.exposeString('path', {
      description: 'What it is at, `steps.build.needs`; empty where nothing can be read.',
    }),
    message: t.exposeString('message'),
    line: t.exposeInt('line', {
      nullable: true,
      description: 'In the text, from 1; null where it is not about a place.',
    }),
    column: t.exposeInt('column', { nullable: true }),
  }),
})

const Validation = builder.objectRef<Checked>('WorkflowValidation').implement({
  fields: t => ({
    faults: t.field({
      type: [FaultRef],
      description: 'All of them; none: it can be used.',
      resolve: one => [...one.faults],
    }),
    workflow: t.field({
      type: WorkflowRef,
      nullable: true,
      description: 'As it was read, defaults filled in; null where its form is at fault.',
      resolve: one => one.workflow,
    }),
  }),
})

const ValidateInput = builder.inputType('ValidateWorkflowInput', {
  fields: t => ({ text: t.string({ required: true, description: 'YAML or JSON.' }) }),
})

const OutlookEnum = builder.enumType('StepOutlook', {
  description: 'RUNS: unless something fails · SKIPPED: in no case · OPEN: what comes before it decides.',
  values: { RUNS: { value: 'runs' }, SKIPPED: { value: 'skipped' }, OPEN: { value: 'open' } } as const,
})

const DryStepRef = builder.objectRef<DryStep>('DryRunStep').implement({
  fields: t => ({
    key: t.string({ resolve: ({ foreseen }) => foreseen.step.key }),
    title: t.string({ resolve: ({ foreseen }) => foreseen.step.title }),
    uses: t.string({
      description: 'Name of the agent or of the workflow.',
      resolve: ({ foreseen: { step } }) => step.agent ?? step.workflow ?? '',
    }),
    outlook: t.field({ type: OutlookEnum, resolve: ({ foreseen }) => foreseen.outlook }),
    why: t.string({
      description: 'Why it is skipped or open; empty otherwise.',
      resolve: ({ foreseen }) => foreseen.why,
    }),
    wave: t.int({
      description: 'Steps that must end before it, one after the other.',
      resolve: ({ foreseen }) => foreseen.wave,
    }),
    times: t.int({
      nullable: true,
      description:
        'How often at most, work that is sent back counted; null where a list decides that nobody has seen yet.',
      resolve: ({ foreseen }) => foreseen.times,
    }),
    asks: t.stringList({ description: 'What a person would be asked.', resolve: ({ asks }) => [...asks] }),
    needsModel: t.exposeBoolean('needsModel'),
    input: t.field({ type: 'JSON', nullable: true, resolve: ({ foreseen }) => foreseen.input }),
  }),
})

const DryRunRef = builder.objectRef<DryRun | Checked>('DryRun').implement({
  description: 'What a run with these variables would do, as far as they tell.',
  fields: t => ({
    faults: t.field({
      type: [FaultRef],
      description: 'Of the workflow and of the variables; with any, nothing else is told.',
      resolve: one => [...one.faults],
    }),
    steps: t.field({
      type: [DryStepRef],
      resolve: (one, _, context) => ('foresight' in one ? stepsOf(one, context) : []),
    }),
    longestMs: t.float({
      description: 'If every step of the longest chain used up its time.',
      resolve: one => ('foresight' in one ? one.foresight.longest.ms : 0),
    }),
    longest: t.stringList({
      description: 'Keys of that chain.',
      resolve: one => ('foresight' in one ? [...one.foresight.longest.keys] : []),
    }),
    estimate: t.field({ type: Estimate, nullable: true, resolve: one => ('foresight' in one ? one.estimate : null) }),
  }),
})

const DryRunInput = builder.inputType('DryRunInput', {
  fields: t => ({
    workflow: t.string({ description: 'Name of one that is in force; or give `text`.' }),
    text: t.string({ description: 'YAML or JSON.' }),
    variables: t.field({ type: 'JSON', description: 'As a run would be given them.' }),
    manual: t.boolean({ defaultValue: false, required: true, description: 'Every task waits for a “go”.' }),
    simulated: t.boolean({ defaultValue: false, required: true }),
  }),
})

builder.queryFields(t => ({
  validateWorkflow: t.field({
    type: Validation,
    description: 'Reads a workflow and lists every fault with its place. Keeps nothing.',
    args: { input: t.arg({ type: ValidateInput, required: true }) },
    resolve: (_, { input }, context) => check(input.text, context),
  }),
  dryRun: t.field({
    type: DryRunRef,
    description: 'What a run would do, cost and ask. Begins nothing, and asks no model.',
    args: { input: t.arg({ type: DryRunInput, required: true }) },
    resolve: (_, { input }, context) => dryRun(input, context),
  }),
}))
