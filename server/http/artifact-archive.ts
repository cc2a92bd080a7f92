/**
 * What a run has made as one zip, made while it is sent: of ten thousand artifacts, one piece of one of them is in memory.
 * `index.jsonl` says of each file which artifact it is and which event told of it.
 */
import { makeZip } from 'client-zip'
import type { ArtifactRow, RunRow } from '../../db/rows.ts'
import type { TenantReads } from '../../db/tenancy.ts'
import { toGlobalId } from '../../domain/ids.ts'
import { problem } from './answers.ts'
import { bareType, disposition, fileName, plainName } from './file-name.ts'
import { uuidOrNull } from './uuid-or-null.ts'

/** Rows that are read at a time. */
const pageSize = 100

/** Artifacts of those kinds (null: of all) that events up to `through` tell of. */
type Wanted = { run: RunRow; through: number; kinds: readonly string[] | null }

/**
 * The archive of the run of that global id. `?kind=`, which may stand several times, leaves out all other kinds; `?through=`
 * what later events tell of.
 */
export async function archiveAnswer(reads: TenantReads, id: string, asked: URLSearchParams): Promise<Response> {
  const uuid = uuidOrNull('Run', id)
  const [run] = uuid === null ? [] : await reads.runs.byIds([uuid])
  if (run === undefined) return problem(404, 'NOT_FOUND', 'There is no such run.')
  const through = asked.has('through') ? Number(asked.get('through')) : run.head
  if (!Number.isInteger(through) || through < 0) return problem(400, 'BAD_INPUT', 'through: say the seq of an event.')
  const kinds = asked.has('kind') ? asked.getAll('kind') : null
  // What is made from now on would be in the files and not in the index.
  const wanted = { run, kinds, through: Math.min(through, run.head) }
  return new Response(quietlyEnded(makeZip(filesOf(reads, wanted))), {
    headers: {
      'content-type': 'application/zip',
      'content-disposition': disposition(`${plainName(run.title, 'run')}.zip`),
      'cache-control': 'private, no-store',
    },
  })
}

/** Whoever leaves in the middle leaves nothing behind: the zip would throw into what it reads from, and nobody catches there. */
function quietlyEnded(zip: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = zip.getReader()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: () => reader.cancel().catch(() => {}),
    },
    { highWaterMark: 0 },
  )
}

type File = { name: string; lastModified: Date; input: AsyncIterable<Uint8Array>; size?: number }

async function* filesOf(reads: TenantReads, wanted: Wanted): AsyncGenerator<File> {
  yield { name: 'index.jsonl', lastModified: new Date(wanted.run.updatedAt), input: indexOf(reads, wanted) }
  for await (const { artifact, name } of artifactsOf(reads, wanted)) {
    const { hash, size, createdAt } = artifact
    yield { name, size, lastModified: new Date(createdAt), input: reads.artifacts.body(hash) }
  }
}

/** Line by line, as it is sent. */
async function* indexOf(reads: TenantReads, wanted: Wanted): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const { artifact, name } of artifactsOf(reads, wanted)) {
    const { kind, title, mediaType, size, hash, taskIndex, attempt, seq, score, simulated } = artifact
    const id = toGlobalId('Artifact', artifact.id)
    const line = { file: name, id, kind, title, mediaType, size, hash, taskIndex, attempt, seq, score, simulated }
    yield encoder.encode(`${JSON.stringify(line)}\n`)
  }
}

type Named = { artifact: ArtifactRow; name: string }

/** In the order in which they were made. */
async function* artifactsOf(reads: TenantReads, { run, through, kinds }: Wanted): AsyncGenerator<Named> {
  for (let after = 0; ; ) {
    const request = { size: pageSize, fromEnd: false, after, before: through + 1, kinds }
    const [page] = await reads.artifacts.pagesOf([{ runId: run.id, taskIndex: null }], request)
    const artifacts = page?.rows ?? []
    const makers = [...new Set(artifacts.map(({ taskIndex }) => taskIndex))]
    const tasks = await reads.tasks.byKeys(makers.map(index => ({ runId: run.id, index })))
    const titles = new Map(tasks.map(({ index, title }) => [index, title]))
    for (const artifact of artifacts) {
      yield { artifact, name: placeOf(artifact, titles.get(artifact.taskIndex) ?? '') }
      after = artifact.seq
    }
    if (page?.hasNext !== true) return
  }
}

/** `3 Run the tests/142 Test report.json`: the task's number and the event's make it the only one of its name. */
const placeOf = ({ taskIndex, seq, title, mediaType }: ArtifactRow, task: string): string =>
  `${`${taskIndex} ${plainName(task, 'task')}`}/${seq} ${fileName(title, bareType(mediaType))}`
