/** What may be spent and what was. All amounts are micro-dollars, of which a million are a dollar. */
import type { SpendLine, SpentBy } from '../../db/tenant-budgets.ts'
import { type BudgetScope, type BudgetState, budgetKinds } from '../../domain/budget.ts'
import { OrreryError } from '../../domain/errors.ts'
import type { Context } from '../context.ts'
import { builder } from './builder.ts'
import { fromNodeId, toNodeId } from './node-id.ts'
import { Project } from './project.ts'
import { answer, resultOf } from './results.ts'
import { Run } from './run.ts'
import { Task } from './task.ts'
import { Organisation } from './viewer.ts'

const BudgetKindEnum = builder.enumType('BudgetKind', {
  description: 'Each contains the next. A run within a run counts towards both.',
  values: Object.fromEntries(budgetKinds.map(kind => [kind.toUpperCase(), { value: kind }])) as {
    [Kind in (typeof budgetKinds)[number] as Uppercase<Kind>]: { value: Kind }
  },
})

/** `task`: whose part it is, where the parts are tasks. */
type Spending = SpendLine & { task: { runId: string; index: number } | null }

const SpendingRef = builder.objectRef<Spending>('Spending').implement({
  description: 'A part of what was spent.',
  fields: t => ({
    name: t.exposeString('name', {
      nullable: true,
      description: 'Id of a model or of a task, or name of an agent; null: calls of no task.',
    }),
    task: t.field({
      type: Task,
      nullable: true,
      description: 'The task, where the parts are tasks.',
      resolve: ({ task }, _, { load }) => (task === null ? null : load.task.load(task)),
    }),
    calls: t.exposeInt('calls', { description: 'Model calls, those under way included.' }),
    spent: t.expose('spentMicros', { type: 'BigInt' }),
    reserved: t.expose('reservedMicros', { type: 'BigInt', description: 'For calls that are under way.' }),
    inputTokens: t.expose('inputTokens', { type: 'BigInt', description: 'What came from a cache included.' }),
    outputTokens: t.expose('outputTokens', { type: 'BigInt', description: 'Reasoning included.' }),
  }),
})

const Budget = builder.objectRef<BudgetState>('Budget')
const dearest = 'The dearest first, at most 100.'

builder.objectType(Budget, {
  description:
    'Money in micro-dollars. Every model call reserves what it may cost at most, here and in all that contains it, and pays what it did cost.',
  fields: t => ({
    scope: t.expose('kind', { type: BudgetKindEnum }),
    subjectId: t.id({ description: 'Id of what it is the budget of.', resolve: subjectIdOf }),
    limit: t.expose('limitMicros', {
      type: 'BigInt',
      nullable: true,
      description: 'null: none of its own; that of what contains it holds all the same.',
    }),
    reserved: t.expose('reservedMicros', { type: 'BigInt', description: 'For calls that are under way.' }),
    spent: t.expose('spentMicros', {
      type: 'BigInt',
      description: 'A call whose reply was lost counts at its reservation until its price is known.',
    }),
    remaining: t.field({
      type: 'BigInt',
      nullable: true,
      description: 'Neither spent nor reserved, at least 0; null where there is no limit.',
      resolve: ({ limitMicros, reservedMicros, spentMicros }) =>
        limitMicros === null ? null : Math.max(0, limitMicros - reservedMicros - spentMicros),
    }),
    forecast: t.field({
      type: 'BigInt',
      nullable: true,
      description:
        'What will have been spent when the open runs have ended, if their tasks to come cost what those that ended did; null where nothing can tell yet, and for a task.',
      resolve: (budget, _, { load }) => load.budgetForecast.load(budget),
    }),
    byModel: t.field({ type: [SpendingRef], description: dearest, resolve: partsBy('model') }),
    byAgent: t.field({ type: [SpendingRef], description: dearest, resolve: partsBy('agent') }),
    byTask: t.field({ type: [SpendingRef], description: dearest, resolve: partsBy('task') }),
  }),
})

/** Of a task the ledger's id is `<run id>/<index>`, and the schema's key `<run id>:<index>`. */
function subjectIdOf({ kind, id }: BudgetScope): string {
  const types = { organisation: 'Organisation', project: 'Project', run: 'Run', task: 'Task' } as const
  return toNodeId(types[kind], id.replace('/', ':'))
}

function partsBy(by: SpentBy) {
  return async (budget: BudgetState, _: unknown, { load }: Context): Promise<Spending[]> => {
    const lines = await load.budgetSpending(budget, by)
    return lines.map(line => {
      if (by !== 'task' || line.name === null) return { ...line, task: null }
      const [runId = '', index] = line.name.split('/')
      return { ...line, name: toNodeId('Task', `${runId}:${index}`), task: { runId, index: Number(index) } }
    })
  }
}

builder.objectField(Organisation, 'budget', t =>
  t.field({ type: Budget, resolve: ({ id }, _, { load }) => load.budget.load({ kind: 'organisation', id }) }),
)
builder.objectField(Project, 'budget', t =>
  t.field({ type: Budget, resolve: ({ id }, _, { load }) => load.budget.load({ kind: 'project', id }) }),
)
builder.objectField(Run, 'budget', t =>
  t.field({ type: Budget, resolve: ({ id }, _, { load }) => load.budget.load({ kind: 'run', id }) }),
)
builder.objectField(Task, 'budget', t =>
  t.field({
    type: Budget,
    resolve: ({ runId, index }, _, { load }) => load.budget.load({ kind: 'task', id: `${runId}/${index}` }),
  }),
)

const SetBudgetInput = builder.inputType('SetBudgetInput', {
  fields: t => ({
    subjectId: t.id({ required: true, description: 'Id of the organisation, project, run or task.' }),
    limit: t.field({
      type: 'BigInt',
      description: 'Micro-dollars, 0 or more; null for no limit. What is spent already counts towards it.',
    }),
  }),
})

const SetBudgetPayload = builder
  .objectRef<{ budget: BudgetState }>('SetBudgetPayload')
  .implement({ fields: t => ({ budget: t.expose('budget', { type: Budget }) }) })

builder.mutationField('setBudget', t =>
  t.field({
    type: resultOf(SetBudgetPayload),
    description: 'Says what may be spent. Saying it twice changes nothing the second time.',
    args: { input: t.arg({ type: SetBudgetInput, required: true }) },
    resolve: (_, { input: { subjectId, limit } }, context) =>
      answer(async () => {
        const limitMicros = parseLimit(limit)
        const scope = await findScope(subjectId, context)
        await context.reads.budgets.setLimit(scope, limitMicros)
        return { budget: await context.load.budget.clear(scope).load(scope) }
      }),
  }),
)

/** Throws BAD_INPUT. A limit that was left out is none that was meant. */
function parseLimit(limit: bigint | null | undefined): number | null {
  if (limit === null) return null
  if (limit === undefined || limit < 0n || limit > Number.MAX_SAFE_INTEGER)
    throw new OrreryError('BAD_INPUT', 'limit: must be 0 … 9,007,199,254,740,991 micro-dollars, or null for no limit')
  return Number(limit)
}

/** Throws NOT_FOUND for what belongs to another organisation as for what does not exist, and BAD_INPUT for what has no budget. */
async function findScope(subjectId: string, { reads, load }: Context): Promise<BudgetScope> {
  const { typename, id } = fromNodeId(subjectId)
  const [runId = '', index = ''] = id.split(':')
  const found: Record<string, () => Promise<BudgetScope | null>> = {
    Organisation: async () => (id === reads.organisationId ? { kind: 'organisation', id } : null),
    Project: async () => ((await load.project.load(id)) === null ? null : { kind: 'project', id }),
    Run: async () => ((await load.run.load(id)) === null ? null : { kind: 'run', id }),
    Task: async () =>
      (await load.task.load({ runId, index: Number(index) })) === null
        ? null
        : { kind: 'task', id: `${runId}/${index}` },
  }
  const find = found[typename]
  if (find === undefined)
    throw new OrreryError('BAD_INPUT', 'subjectId: only an organisation, a project, a run or a task has a budget')
  const scope = await find()
  if (scope === null) throw new OrreryError('NOT_FOUND', `there is no ${typename.toLowerCase()} ${subjectId}`)
  return scope
}
