import type { Json } from '../../domain/json.ts'
import type { Step, Variable, Workflow } from '../../domain/workflow.ts'
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
    forEach: t.string({
      nullable: true,
      description: 'The list that it fans out over.',
      resolve: step => step.forEach ?? null,
    }),
    optional: t.exposeBoolean('optional'),
    timeoutMs: t.exposeInt('timeoutMs'),
  }),
})

const WorkflowRef = builder.objectRef<Workflow>('Workflow').implement({
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
