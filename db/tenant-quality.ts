import type { Json } from '../domain/json.ts'
import { isOwn } from './own-facts.ts'
import type { Tenant } from './tenant.ts'

/** Which artifacts: all conditions that are given must hold. */
export type QualityFilter = {
  since: Date
  projectId: string | null
  kind: string | null
  agent: string | null
  /** `provider/name`. */
  model: string | null
}

/** A scored artifact, who made it, and the gate that it had to pass. */
export type ScoredArtifact = {
  id: string
  runId: string
  projectId: string
  taskIndex: number
  seq: number
  kind: string
  title: string
  score: number
  simulated: boolean
  createdAt: Date
  agent: string
  /** The model that answered last before the artifact was there; null where none was asked. */
  model: string | null
  /** What it had to score; null where nothing was asked for. */
  gate: number | null
}

/** That work was sent back, and by whom; the event is (runId, seq). */
export type SentBack = {
  runId: string
  seq: number
  at: Date
  taskIndex: number
  toTaskIndex: number
  /** Who found fault, and whose work it was. */
  judge: string
  agent: string
  round: number
  reason: string
  /** What was found, where the result of the judge has it as a list; null where it does not. */
  findings: Json
}

/** More are not looked at, newest first: the page says so. */
export const mostScored = 2_000
const mostSentBack = 500

export function tenantQuality({ sql, organisationId }: Tenant) {
  return {
    /** Newest first, at most `mostScored + 1`. A score of four bytes is read as its event has it, not as eight bytes extend it. */
    scored: ({ since, projectId, kind, agent, model }: QualityFilter): Promise<ScoredArtifact[]> =>
      sql<ScoredArtifact[]>`
        select artifacts.id, artifacts.run_id as "runId", artifacts.project_id as "projectId", artifacts.task_index as "taskIndex",
          artifacts.seq, artifacts.kind, artifacts.title, artifacts.score::text::float8 as score, artifacts.simulated,
          artifacts.created_at as "createdAt", tasks.uses as agent, answered.model,
          case when planned.gate ->> 'kind' = artifacts.kind then (planned.gate ->> 'minScore')::float8 end as gate
        from artifacts
        join tasks on tasks.run_id = artifacts.run_id and tasks.index = artifacts.task_index
        left join lateral (
          select data -> 'gate' as gate from events where run_id = artifacts.run_id and events.seq = tasks.planned_seq
        ) as planned on true
        left join lateral (
          select model from ledger_calls as calls
          where calls.run_id = artifacts.run_id and calls.task_index = artifacts.task_index and calls.reserved_at <= artifacts.created_at
          order by calls.reserved_at desc limit 1
        ) as answered on true
        where artifacts.organisation_id = ${organisationId} and score is not null and artifacts.created_at > ${since}
          and ${isOwn(sql, { run: 'artifacts.run_id', seq: 'artifacts.seq' })}
          ${projectId === null ? sql`` : sql`and artifacts.project_id = ${projectId}`}
          ${kind === null ? sql`` : sql`and artifacts.kind = ${kind}`}
          ${agent === null ? sql`` : sql`and tasks.uses = ${agent}`}
          ${model === null ? sql`` : sql`and answered.model = ${model}`}
        order by artifacts.created_at desc, artifacts.run_id desc, artifacts.seq desc limit ${mostScored + 1}`,

    /** What was sent back, newest first, at most 500. Of a kind or a model nothing is told here: it is the work of an agent. */
    sentBack: ({
      since,
      projectId,
      agent,
    }: Pick<QualityFilter, 'since' | 'projectId' | 'agent'>): Promise<SentBack[]> =>
      sql<SentBack[]>`
        select events.run_id as "runId", events.seq, events.at, events.task_index as "taskIndex", back.index as "toTaskIndex",
          judge.uses as judge, back.uses as agent, (events.data ->> 'round')::int as round, events.data ->> 'reason' as reason,
          case when json_typeof(verdict.data #> '{output,findings}') = 'array' then verdict.data #> '{output,findings}' end as findings
        from events
        join tasks as judge on judge.run_id = events.run_id and judge.index = events.task_index
        join tasks as back on back.run_id = events.run_id and back.index = (events.data ->> 'toTaskIndex')::int
        left join lateral (
          select data from events as found
          where found.run_id = events.run_id and found.seq < events.seq and found.task_index = events.task_index and found.type = 'TaskSucceeded'
          order by found.seq desc limit 1
        ) as verdict on true
        where events.organisation_id = ${organisationId} and events.type = 'TaskSentBack' and events.at > ${since}
          and ${isOwn(sql, { run: 'events.run_id', seq: 'events.seq' })}
          ${projectId === null ? sql`` : sql`and events.project_id = ${projectId}`}
          ${agent === null ? sql`` : sql`and back.uses = ${agent}`}
        order by events.at desc, events.run_id desc, events.seq desc limit ${mostSentBack}`,
  }
}
