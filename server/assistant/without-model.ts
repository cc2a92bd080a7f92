/** What can be answered without any model: what to set so that there is one, and how the project stands. */
import type { Reply } from '../../db/tenant-conversations.ts'
import { toGlobalId } from '../../domain/ids.ts'
import { mark, type Seen } from './read-tools.ts'

const shownRuns = 5

export async function withoutModel({ reads, projectId }: Seen, missing: string): Promise<Reply> {
  const filter = { projectId, topLevel: true }
  const { rows } = await reads.runs.page({ size: shownRuns, fromEnd: false, after: null, before: null, filter })
  const runs = rows.map(({ id, head, status, title }) => `- ${title}: ${status} ${mark(id, head)}`)
  const text = [
    `There is no model to answer with. ${missing}`.trim(),
    'To try without a key, begin a conversation with simulated models.',
    '',
    runs.length === 0 ? 'The project has no runs yet.' : 'The newest runs of the project:',
    ...runs,
  ].join('\n')
  const events = await Promise.all(
    rows.map(({ id, head }) =>
      reads.events.page(id, {
        ...{ size: 1, fromEnd: false, after: head - 1, before: head + 1 },
        ...{ types: null, taskIndex: null, correlationId: null },
      }),
    ),
  )
  const links = rows.flatMap(({ id, head, title }, index) => {
    const type = events[index]?.[0]?.type
    return type === undefined ? [] : [{ runId: toGlobalId('Run', id), seq: head, type, title }]
  })
  return { text, links, commands: [], model: null, costMicros: 0, state: 'done', error: null }
}
