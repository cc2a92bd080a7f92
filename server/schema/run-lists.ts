/** Lists of runs: of everything, of a project, of a run. */
import type { RunRow } from '../../db/rows.ts'
import type { RunFilter, RunScope } from '../../db/tenant-runs.ts'
import { uuidOf } from '../../domain/ids.ts'
import type { Context } from '../context.ts'
import { builder } from './builder.ts'
import { type Connection, cursorById, requestById, toConnection } from './connection.ts'
import { Project } from './project.ts'
import { Run, RunStatusEnum } from './run.ts'

export const RunConnection = builder.connectionObject({ type: Run, name: 'RunConnection' })

export const RunFilterInput = builder.inputType('RunFilter', {
  description: 'All conditions that are given must hold.',
  fields: t => ({
    projectId: t.id({ description: 'Only of this project.' }),
    statuses: t.field({ type: [RunStatusEnum] }),
    workflow: t.string({ description: 'Name of the template.' }),
    title: t.string({ description: 'Part of the title, in any case.' }),
    correlationId: t.string({ description: 'Only what this request caused.' }),
    topLevel: t.boolean({ description: 'true: without the sub-runs of other runs.' }),
  }),
})

type RunPageArguments = Parameters<typeof requestById>[0] & { filter?: RunFilter | null | undefined }

/** With UUIDs for ids. Throws BAD_INPUT where they are none. */
function filterOf({ filter }: RunPageArguments): RunFilter {
  const { projectId, ...others } = filter ?? {}
  return projectId ? { ...others, projectId: uuidOf('Project', projectId) } : others
}

/** The runs of one project, the sub-runs of one run, or its forks; what is asked of many alike is one statement. */
export async function runsOf(
  scope: RunScope,
  id: string,
  args: RunPageArguments,
  { load }: Context,
): Promise<Connection<RunRow>> {
  const filter = filterOf(args)
  const page = await load.runPage(id, { scope, request: { ...requestById(args), filter } })
  return toConnection(page, cursorById, () => load.runCount(id, { scope, filter }))
}

builder.objectField(Project, 'runs', t =>
  t.connection(
    {
      type: Run,
      description: 'Newest first.',
      args: { filter: t.arg({ type: RunFilterInput }) },
      resolve: (project, args, context) => runsOf('projectId', project.id, args, context),
    },
    RunConnection,
  ),
)

builder.objectField(Run, 'children', t =>
  t.connection(
    {
      type: Run,
      description: 'Its sub-runs, newest first.',
      args: { filter: t.arg({ type: RunFilterInput }) },
      resolve: (run, args, context) => runsOf('parentRunId', run.id, args, context),
    },
    RunConnection,
  ),
)

builder.queryFields(t => ({
  run: t.field({
    type: Run,
    nullable: true,
    description: 'Null where there is no such run.',
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { load }) => load.run.load(uuidOf('Run', id)),
  }),
  runs: t.connection(
    {
      type: Run,
      description: 'Of all projects, newest first.',
      args: { filter: t.arg({ type: RunFilterInput }) },
      resolve: async (_, args, { reads }) => {
        const filter = filterOf(args)
        const page = await reads.runs.page({ ...requestById(args), filter })
        return toConnection(page, cursorById, () => reads.runs.count(filter))
      },
    },
    RunConnection,
  ),
}))
