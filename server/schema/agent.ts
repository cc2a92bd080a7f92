/** Agents: what each is told and allowed, what it does now, and what it has done. */
import { teamRoles } from '../../agents/team.ts'
import { type ToolFacts, toolCatalogue } from '../../agents/tools/catalogue.ts'
import { maxPageSize } from '../../db/page.ts'
import type { AgentFigures, TaskAtWork } from '../../db/tenant-agents.ts'
import { OrreryError } from '../../domain/errors.ts'
import type { Json } from '../../domain/json.ts'
import type { Agent } from '../../domain/ports.ts'
import { type Role, toolClasses } from '../../domain/role.ts'
import { builder } from './builder.ts'
import { defaultDays, lookback } from './lookback.ts'
import { Task } from './task.ts'
import { TaskStatusEnum } from './task-facts.ts'

const ToolClassEnum = builder.enumType('ToolClass', {
  description: 'What a tool can do to the world. What was read from strangers takes away network, secret and push.',
  values: Object.fromEntries(toolClasses.map(one => [one.toUpperCase(), { value: one }])) as {
    [Name in Uppercase<(typeof toolClasses)[number]>]: { value: (typeof toolClasses)[number] }
  },
})

const AgentTool = builder.objectRef<ToolFacts>('AgentTool').implement({
  fields: t => ({
    name: t.exposeString('name'),
    class: t.field({ type: ToolClassEnum, resolve: tool => tool.class }),
    description: t.exposeString('description', { description: 'As its model is told.' }),
  }),
})

const AgentRole = builder.objectRef<Role>('AgentRole').implement({
  description: 'What makes an agent that thinks with a model: data, in one file.',
  fields: t => ({
    version: t.exposeInt('version'),
    prompt: t.exposeString('prompt', { description: 'Without the conventions of the project and the task itself.' }),
    tools: t.field({ type: [AgentTool], resolve: role => role.tools.flatMap(name => toolCatalogue.get(name) ?? []) }),
    reads: t.stringList({ description: 'Kinds of artifacts that it is given.', resolve: role => [...role.reads] }),
    produces: t.exposeString('produces', { description: 'The kind that it submits.' }),
    writes: t.exposeBoolean('writes', { description: 'Whether its changes are committed and merged.' }),
    capabilities: t.field({
      type: 'JSON',
      description: 'What the work is made of, each from 0 to 1: the router weighs models by it.',
      resolve: (role): Json => ({ ...role.capabilities }) as Json,
    }),
    preferred: t.stringList({
      description: 'Models or providers that it would rather have.',
      resolve: role => [...role.preferred],
    }),
    thinking: t.exposeString('thinking', { description: 'off, low, medium or high.' }),
    reasoning: t.exposeBoolean('reasoning', { description: 'Whether it writes a plan down and checks against it.' }),
    maxTurns: t.int({ resolve: role => role.limits.maxTurns }),
    maxToolCalls: t.int({ resolve: role => role.limits.maxToolCalls }),
    maxOutputTokens: t.int({ description: 'Of one reply.', resolve: role => role.limits.maxOutputTokens }),
  }),
})

const AgentActivity = builder.objectRef<TaskAtWork>('AgentActivity').implement({
  description: 'A task that is at work, and its newest event.',
  fields: t => ({
    task: t.field({ type: Task, resolve: activity => activity }),
    seq: t.exposeInt('newestSeq'),
    at: t.expose('newestAt', { type: 'DateTime' }),
    type: t.exposeString('newestType', { description: 'Of the event.' }),
    doing: t.exposeString('doing', {
      description: 'What for, in the words of the event; empty where it says nothing.',
    }),
    with: t.exposeString('withWhat', { description: 'The tool or the model; empty where it is neither.' }),
  }),
})

const Figures = builder.objectRef<AgentFigures>('AgentFigures').implement({
  description: 'Counted from tasks that ended in these days, the ledger, and the events that sent work back.',
  fields: t => ({
    ended: t.exposeInt('ended'),
    succeeded: t.exposeInt('succeeded'),
    failed: t.exposeInt('failed', { description: 'FAILED or BLOCKED.' }),
    attempts: t.exposeInt('attempts', { description: 'Tries, the first of each task counted.' }),
    medianMs: t.exposeFloat('medianMs', { nullable: true }),
    p95Ms: t.exposeFloat('p95Ms', { nullable: true }),
    sentBack: t.exposeInt('sentBack', { description: 'How often a review sent its work back.' }),
    modelCalls: t.exposeInt('modelCalls'),
    spent: t.field({ type: 'BigInt', description: 'Micro-dollars.', resolve: one => one.spentMicros }),
    inputTokens: t.field({ type: 'BigInt', resolve: one => one.inputTokens }),
    outputTokens: t.field({ type: 'BigInt', resolve: one => one.outputTokens }),
  }),
})

const AgentRef = builder.objectRef<Agent>('Agent').implement({
  description: 'Who does the work of a task.',
  fields: t => ({
    name: t.exposeString('name'),
    title: t.exposeString('title'),
    description: t.exposeString('description'),
    capabilities: t.stringList({ resolve: agent => [...agent.capabilities] }),
    workerClass: t.exposeString('workerClass', { description: 'Which pool of workers runs it.' }),
    produces: t.stringList({ description: 'Kinds of artifacts.', resolve: agent => [...agent.produces] }),
    needsModel: t.boolean({
      description: 'Whether it cannot work without a model.',
      resolve: agent => agent.needsModel === true,
    }),
    role: t.field({
      type: AgentRole,
      nullable: true,
      description: 'Null for an agent that is a program of its own.',
      resolve: agent => teamRoles.find(role => role.name === agent.name) ?? null,
    }),
    atWork: t.field({
      type: [AgentActivity],
      description: 'What it does now, the longest first.',
      resolve: (agent, _, { load }) => load.atWork.load(agent.name),
    }),
    figures: t.field({
      type: Figures,
      args: { days: t.arg.int({ defaultValue: defaultDays, required: true, description: '1 … 366.' }) },
      resolve: (agent, { days }, { load, services }) => load.agentFigures(agent.name, lookback(days, services.now())),
    }),
    recent: t.field({
      type: [Task],
      description: 'Its newest ended tasks, newest first.',
      args: {
        first: t.arg.int({ defaultValue: 10, required: true, description: 'At most 100.' }),
        statuses: t.arg({ type: [TaskStatusEnum] }),
      },
      resolve: (agent, { first, statuses = null }, { load }) => {
        if (first < 0 || first > maxPageSize) throw new OrreryError('BAD_INPUT', `first must be 0 … ${maxPageSize}`)
        return load.recentTasks(agent.name, { size: first, statuses })
      },
    }),
  }),
})

builder.queryFields(t => ({
  agents: t.field({
    type: [AgentRef],
    description: 'By name.',
    resolve: (_, __, { services }) => [...services.agents.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
  }),
  agent: t.field({
    type: AgentRef,
    nullable: true,
    description: 'Null where there is no such agent.',
    args: { name: t.arg.string({ required: true }) },
    resolve: (_, { name }, { services }) => services.agents.get(name) ?? null,
  }),
}))
