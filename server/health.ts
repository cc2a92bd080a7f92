/** Whether the parts that this system stands on are there, and what to do where one is not. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Sql } from '../db/connect.ts'
import type { WorkerRow } from '../db/rows.ts'
import { forTenant } from '../db/tenancy.ts'
import type { Bell } from '../queues/bell.ts'

/** OK: all of it works · DEGRADED: it works, with something missing · DOWN: it does not. */
export type HealthStatus = 'OK' | 'DEGRADED' | 'DOWN'

/** `reason` says what was found, and `mend` what can be done about it; empty where there is nothing to say. */
export type HealthCheck = { name: string; status: HealthStatus; reason: string; mend: string }

/** DOWN where Postgres is, because nothing can be answered then; DEGRADED where anything else is not OK. */
export type HealthReport = { status: HealthStatus; version: string; startedAt: number; checks: readonly HealthCheck[] }

export interface Health {
  /** Looks at everything, within 2 s, once for all who ask meanwhile. Never throws. */
  check(): Promise<HealthReport>
}

export type HealthDeps = {
  sql: Sql
  organisationId: string
  bell: Pick<Bell, 'state'>
  version: string
  startedAt: number
}

const patienceMs = 2_000
/** A worker shows itself every second; what was not seen for so long is not there. */
const seenMs = 15_000

export function createHealth({ sql, organisationId, bell, version, startedAt }: HealthDeps): Health {
  const { workers } = forTenant(sql, organisationId)
  const look = async (): Promise<HealthReport> => {
    const found = await within(workers.recent())
    const postgres =
      found instanceof Error
        ? check('postgres', 'DOWN', found.message, 'Start it, or set DATABASE_URL right.')
        : ok('postgres')
    const alive = found instanceof Error ? [] : found.filter(one => one.heartbeatAt.getTime() > Date.now() - seenMs)
    const checks = [postgres, redisCheck(bell), workerCheck(alive), sandboxCheck(alive)]
    const status = postgres.status === 'DOWN' ? 'DOWN' : checks.every(one => one.status === 'OK') ? 'OK' : 'DEGRADED'
    return { status, version, startedAt, checks }
  }

  let looking: Promise<HealthReport> | null = null
  return {
    check() {
      looking ??= look().finally(() => {
        looking = null
      })
      return looking
    },
  }
}

const check = (name: string, status: HealthStatus, reason: string, mend = ''): HealthCheck => ({
  name,
  status,
  reason,
  mend,
})
const ok = (name: string, reason = ''): HealthCheck => check(name, 'OK', reason)

function redisCheck(bell: Pick<Bell, 'state'>): HealthCheck {
  const { kind, up, reason } = bell.state()
  if (kind === 'memory') return ok('redis', 'None is used: this process works alone, with the stand-in in its memory.')
  return up
    ? ok('redis')
    : check(
        'redis',
        'DOWN',
        reason,
        'Start it, or set REDIS_URL right. Until then wake-ups take up to 2 s; nothing is lost.',
      )
}

function workerCheck(alive: readonly WorkerRow[]): HealthCheck {
  const willing = alive.filter(worker => !worker.draining)
  if (willing.length > 0) return ok('worker', `${willing.length} at work`)
  const reason = alive.length > 0 ? 'All workers drain.' : 'No worker shows itself: runs wait.'
  return check('worker', 'DEGRADED', reason, 'Start one: ORRERY_ROLE=worker npm start.')
}

function sandboxCheck(alive: readonly WorkerRow[]): HealthCheck {
  const known = alive.flatMap(worker => worker.sandbox ?? [])
  const able = known.find(sandbox => sandbox.available)
  if (able !== undefined) return ok('sandbox', able.driver)
  return check(
    'sandbox',
    'DEGRADED',
    known[0]?.reason || 'No worker has told of one yet.',
    'orrery doctor shows what is missing.',
  )
}

async function within<T>(work: Promise<T>): Promise<T | Error> {
  const late = sleep(patienceMs, new Error(`Postgres did not answer within ${patienceMs} ms`), { ref: false })
  return Promise.race([work, late]).catch(error =>
    error instanceof Error ? new Error(firstLine(error)) : new Error(String(error)),
  )
}

const firstLine = (error: Error): string => error.message.split('\n')[0] ?? ''
