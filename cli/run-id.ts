/** The run that is meant: by its id, or the newest one. */
import { OrreryError } from '../domain/errors.ts'
import { toGlobalId, uuidOf } from '../domain/ids.ts'
import type { Client } from './client.ts'
import { CliError } from './exit.ts'
import { graphql } from './gql/gql.ts'

const NewestRun = graphql(`query NewestRun { runs(first: 1, filter: { topLevel: true }) { nodes { id } } }`)

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** `run_…` of what was given: such an id, its UUID, or the address of its page. Throws CliError. */
export function parseRunId(given: string): string {
  const id = given.trim().replace(/^https?:\/\/[^?#]*\/runs\/(run_[0-9a-f]{32}).*$/, '$1')
  if (uuid.test(id)) return toGlobalId('Run', id)
  try {
    uuidOf('Run', id)
    return id
  } catch (error) {
    if (!(error instanceof OrreryError)) throw error
    throw new CliError(`${error.message}.`, { hint: 'orrery list shows the ids of runs.', code: 'BAD_INPUT' })
  }
}

/** The given one, or the newest that a person started. */
export async function runIdOrNewest(client: Client, given: string | undefined): Promise<string> {
  if (given !== undefined) return parseRunId(given)
  const [newest] = (await client.query(NewestRun, {})).runs.nodes
  if (newest === undefined)
    throw new CliError('there is no run yet.', {
      hint: 'Start one: orrery run repository-audit --repo <path or git URL>',
    })
  return newest.id
}
