import { numberKey, type PageArguments, pageRequest } from '../../db/page.ts'
import type { ArtifactRow, RunRow, TaskRow } from '../../db/rows.ts'
import { type ArtifactOwner, inlineBytes } from '../../db/tenant-artifacts.ts'
import { toGlobalId, uuidOf } from '../../domain/ids.ts'
import type { Json } from '../../domain/json.ts'
import type { Context } from '../context.ts'
import { builder } from './builder.ts'
import { toConnection } from './connection.ts'
import { Run } from './run.ts'
import { Task } from './task.ts'

export const Artifact = builder.objectRef<ArtifactRow>('Artifact')

builder.node(Artifact, {
  description: 'A result of a task. Its bytes never change: `hash` is their sha256.',
  id: { resolve: artifact => artifact.id },
  loadMany: (ids, { load }) => ids.map(id => load.artifact.load(id)),
  isTypeOf: () => true,
  fields: t => ({
    kind: t.exposeString('kind', {
      description:
        'RepositorySummary, EnvReport, AnalysisReport, TestReport, AuditReport, Sarif, Markdown, Archive or File.',
    }),
    title: t.exposeString('title'),
    mediaType: t.exposeString('mediaType'),
    size: t.expose('size', { type: 'BigInt', description: 'In bytes.' }),
    hash: t.exposeString('hash'),
    taskIndex: t.exposeInt('taskIndex', { description: 'The task that made it.' }),
    attempt: t.exposeInt('attempt'),
    seq: t.exposeInt('seq', { description: 'The event that told of it.' }),
    score: t.exposeFloat('score', {
      nullable: true,
      description: 'Its quality from 0 to 1, as far as arithmetic can tell; null for kinds that are not scored.',
    }),
    scoreParts: t.field({
      type: 'JSON',
      nullable: true,
      description: 'What the score is made of: name, value, weight, why.',
      resolve: artifact => artifact.scoreParts,
    }),
    simulated: t.exposeBoolean('simulated', { description: 'Made by a simulated model.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    run: t.field({ type: Run, nullable: true, resolve: (artifact, _, { load }) => load.run.load(artifact.runId) }),
    task: t.field({
      type: Task,
      nullable: true,
      resolve: (artifact, _, { load }) => load.task.load({ runId: artifact.runId, index: artifact.taskIndex }),
    }),
    path: t.string({
      description: 'Where its bytes can be fetched, with the same key.',
      resolve: artifact => `/artifacts/${toGlobalId('Artifact', artifact.id)}`,
    }),
    text: t.string({
      nullable: true,
      description: 'Its bytes as text; null where they are not UTF-8, or more than 1 MiB.',
      resolve: (artifact, _, context) => textOf(artifact, context),
    }),
    json: t.field({
      type: 'JSON',
      nullable: true,
      description: 'Its bytes as JSON; null where they are none, or more than 1 MiB.',
      resolve: async (artifact, _, context) => {
        const text = isJson(artifact.mediaType) ? await textOf(artifact, context) : null
        return text === null ? null : parsed(text)
      },
    }),
  }),
})

const isJson = (mediaType: string): boolean => /^application\/(json|[\w.-]+\+json)\b/.test(mediaType)

async function textOf(artifact: ArtifactRow, { load }: Context): Promise<string | null> {
  const bytes = artifact.size > inlineBytes ? null : await load.body.load(artifact.hash)
  try {
    return bytes === null ? null : new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return null
  }
}

const ArtifactConnection = builder.connectionObject({ type: Artifact, name: 'ArtifactConnection' })

async function artifactsOf(
  owner: ArtifactOwner,
  args: PageArguments,
  kinds: readonly string[] | null,
  { load }: Context,
) {
  const page = await load.artifactPage(owner, { ...pageRequest(args, numberKey), kinds })
  return toConnection(
    page,
    artifact => String(artifact.seq),
    () => load.artifactCount(owner, { kinds }),
  )
}

builder.objectField(Run, 'artifacts', t =>
  t.connection(
    {
      type: Artifact,
      description: 'In the order in which they were made.',
      args: { kinds: t.arg.stringList(), taskIndex: t.arg.int() },
      resolve: (run: RunRow, { kinds = null, taskIndex = null, ...args }, context) =>
        artifactsOf({ runId: run.id, taskIndex }, args, kinds, context),
    },
    ArtifactConnection,
  ),
)

builder.objectField(Task, 'artifacts', t =>
  t.connection(
    {
      type: Artifact,
      description: 'In the order in which they were made.',
      args: { kinds: t.arg.stringList() },
      resolve: (task: TaskRow, { kinds = null, ...args }, context) =>
        artifactsOf({ runId: task.runId, taskIndex: task.index }, args, kinds, context),
    },
    ArtifactConnection,
  ),
)

builder.queryField('artifact', t =>
  t.field({
    type: Artifact,
    nullable: true,
    description: 'Null where there is no such artifact.',
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { load }) => load.artifact.load(uuidOf('Artifact', id)),
  }),
)
