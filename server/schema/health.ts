import type { HealthCheck, HealthReport } from '../health.ts'
import { builder } from './builder.ts'

const HealthStatus = builder.enumType('HealthStatus', {
  description: 'OK: all of it works · DEGRADED: it works, with something missing · DOWN: it does not.',
  values: ['OK', 'DEGRADED', 'DOWN'] as const,
})

const Check = builder.objectRef<HealthCheck>('HealthCheck').implement({
  fields: t => ({
    name: t.exposeString('name'),
    status: t.expose('status', { type: HealthStatus }),
    reason: t.exposeString('reason', { description: 'Why it is not OK; empty otherwise.' }),
    mend: t.exposeString('mend', { description: 'What can be done about it; empty otherwise.' }),
  }),
})

export const HealthRef = builder.objectRef<HealthReport>('Health').implement({
  description: 'Whether the parts that this system stands on are there.',
  fields: t => ({
    status: t.expose('status', { type: HealthStatus }),
    version: t.exposeString('version'),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When the process that answers was started.' }),
    checks: t.field({ type: [Check], resolve: report => [...report.checks] }),
  }),
})

builder.queryField('health', t =>
  t.field({
    type: HealthRef,
    description: 'Looks now, for at most 2 s.',
    resolve: (_, __, { services }) => services.health.check(),
  }),
)
