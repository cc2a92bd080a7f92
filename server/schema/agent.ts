import type { Agent } from '../../domain/ports.ts'
import { builder } from './builder.ts'

const AgentRef = builder.objectRef<Agent>('Agent').implement({
  description: 'Who does the work of a task.',
  fields: t => ({
    name: t.exposeString('name'),
    title: t.exposeString('title'),
    description: t.exposeString('description'),
    capabilities: t.stringList({ resolve: agent => [...agent.capabilities] }),
    workerClass: t.exposeString('workerClass', { description: 'Which pool of workers runs it.' }),
    produces: t.stringList({ description: 'Kinds of artifacts.', resolve: agent => [...agent.produces] }),
  }),
})

builder.queryField('agents', t =>
  t.field({
    type: [AgentRef],
    description: 'By name.',
    resolve: (_, __, { services }) => [...services.agents.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
  }),
)
