/** Finding things by a part of their names. */
import type { ArtifactRow, ProjectRow, RunRow } from '../../db/rows.ts'
import { OrreryError } from '../../domain/errors.ts'
import { cleanText } from '../../domain/run/clean.ts'
import { Artifact } from './artifact.ts'
import { builder } from './builder.ts'
import { Project } from './project.ts'
import { Run } from './run.ts'

type Found = { projects: ProjectRow[]; runs: RunRow[]; artifacts: ArtifactRow[] }

const SearchResult = builder.objectRef<Found>('SearchResult').implement({
  description: 'What a text was found in, the newest first.',
  fields: t => ({
    projects: t.expose('projects', { type: [Project], description: 'By name, slug or description.' }),
    runs: t.expose('runs', { type: [Run], description: 'By title or workflow, of the newest 10,000.' }),
    artifacts: t.expose('artifacts', { type: [Artifact], description: 'By title or kind, of the newest 10,000.' }),
  }),
})

const most = 50

builder.queryField('search', t =>
  t.field({
    type: SearchResult,
    description: 'What holds the text in its name, in any case.',
    args: {
      query: t.arg.string({ required: true, description: '1 … 200 characters.' }),
      first: t.arg.int({ description: 'Of each kind, at most 50; 10 unless told.' }),
    },
    resolve: async (_, { query, first }, { reads }) => {
      const text = cleanText(query).trim()
      const limit = first ?? 10
      if (text.length < 1 || text.length > 200)
        throw new OrreryError('BAD_INPUT', 'query: must be 1 … 200 characters long')
      if (limit < 1 || limit > most) throw new OrreryError('BAD_INPUT', `first must be 1 … ${most}, not ${limit}`)
      const [projects, runs, artifacts] = await Promise.all([
        reads.projects.search(text, limit),
        reads.runs.search(text, limit),
        reads.artifacts.search(text, limit),
      ])
      return { projects, runs, artifacts }
    },
  }),
)
