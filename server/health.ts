/** Whether the parts that this system stands on are there, and what to do where one is not. */

/** OK: all of it works · DEGRADED: it works, with something missing · DOWN: it does not. */
export type HealthStatus = 'OK' | 'DEGRADED' | 'DOWN'

/** `reason` and `mend` are empty where `status` is OK. */
export type HealthCheck = { name: string; status: HealthStatus; reason: string; mend: string }

export type HealthReport = { status: HealthStatus; version: string; startedAt: number; checks: readonly HealthCheck[] }

export interface Health {
  /** Looks at everything, within 2 s. Never throws. */
  check(): Promise<HealthReport>
}
