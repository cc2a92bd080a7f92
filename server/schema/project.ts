import { randomBytes } from 'node:crypto'
import type { ProjectRow } from '../../db/rows.ts'
import { OrreryError } from '../../domain/errors.ts'
import { uuidOf, uuidv7 } from '../../domain/ids.ts'
import { cleanText } from '../../domain/run/clean.ts'
import { builder } from './builder.ts'
import { cursorById, requestById, toConnection } from './connection.ts'
import { answer, resultOf } from './results.ts'

export const Project = builder.objectRef<ProjectRow>('Project')

builder.node(Project, {
  description: 'What is being developed, usually a git repository.',
  id: { resolve: project => project.id },
  loadMany: (ids, { load }) => ids.map(id => load.project.load(id)),
  isTypeOf: () => true,
  fields: t => ({
    slug: t.exposeString('slug', { description: 'Unique in the organisation, fit for an address.' }),
    name: t.exposeString('name'),
    description: t.exposeString('description'),
    repository: t.exposeString('repository', { nullable: true, description: 'Path or git URL.' }),
    maxParallel: t.exposeInt('maxParallel', {
      nullable: true,
      description: 'Tasks of this project that may be at work at once; null: as the installation says.',
    }),
    simulated: t.exposeBoolean('simulated', {
      description: 'Runs, proposals and conversations of it are simulated unless they are told otherwise.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
})

const ProjectConnection = builder.connectionObject({ type: Project, name: 'ProjectConnection' })

builder.queryFields(t => ({
  project: t.field({
    type: Project,
    nullable: true,
    description: 'By its id or by its slug, one of the two.',
    args: { id: t.arg.id(), slug: t.arg.string() },
    resolve: (_, { id, slug }, { load, reads }) => {
      if (id && !slug) return load.project.load(uuidOf('Project', id))
      if (slug && !id) return reads.projects.bySlug(slug)
      throw new OrreryError('BAD_INPUT', 'name a project by its id or by its slug, one of the two')
    },
  }),
  projects: t.connection(
    {
      type: Project,
      description: 'Newest first.',
      resolve: async (_, args, { reads }) =>
        toConnection(await reads.projects.page(requestById(args)), cursorById, () => reads.projects.count()),
    },
    ProjectConnection,
  ),
}))

const CreateProjectInput = builder.inputType('CreateProjectInput', {
  fields: t => ({
    name: t.string({ required: true, description: '1 … 200 characters.' }),
    slug: t.string({ description: 'Lower case, digits, hyphens; made of the name unless given.' }),
    description: t.string({ description: 'At most 4,000 characters.' }),
    repository: t.string({ description: 'Path or git URL.' }),
    maxParallel: t.int({ description: 'Tasks of this project that may be at work at once, 1 … 1,000.' }),
    simulated: t.boolean({ description: 'Whether its runs are simulated unless told otherwise. No unless given.' }),
    idempotencyKey: t.string({
      description: 'The same key with the same input creates one project, however often it is sent.',
    }),
  }),
})

const CreateProjectPayload = builder
  .objectRef<{ project: ProjectRow }>('CreateProjectPayload')
  .implement({ fields: t => ({ project: t.expose('project', { type: Project }) }) })

builder.mutationField('createProject', t =>
  t.field({
    type: resultOf(CreateProjectPayload),
    description: 'A project holds the runs that work on one thing.',
    args: { input: t.arg({ type: CreateProjectInput, required: true }) },
    resolve: (_, { input: { idempotencyKey, ...given } }, { reads, services }) =>
      answer(async () => {
        const project = parseProject(given)
        const newId = uuidv7(services.now(), randomBytes(10))
        const id = idempotencyKey
          ? await services.idempotency.claim({
              organisationId: reads.organisationId,
              operation: 'createProject',
              key: idempotencyKey,
              input: project,
              newId,
            })
          : newId
        return { project: await reads.projects.create({ id, ...project }) }
      }),
  }),
)

const UpdateProjectInput = builder.inputType('UpdateProjectInput', {
  description: 'What is left out stays as it is.',
  fields: t => ({
    projectId: t.id({ required: true }),
    name: t.string({ description: '1 … 200 characters.' }),
    description: t.string({ description: 'At most 4,000 characters.' }),
    repository: t.string({ description: 'Path or git URL; null for none.' }),
    maxParallel: t.int({ description: '1 … 1,000; null: as the installation says.' }),
    simulated: t.boolean({ description: 'Whether its runs are simulated unless told otherwise.' }),
  }),
})
const UpdateProjectPayload = builder
  .objectRef<{ project: ProjectRow }>('UpdateProjectPayload')
  .implement({ fields: t => ({ project: t.expose('project', { type: Project }) }) })

builder.mutationField('updateProject', t =>
  t.field({
    type: resultOf(UpdateProjectPayload),
    description: 'Changes a project. Its slug stays: addresses are made of it.',
    args: { input: t.arg({ type: UpdateProjectInput, required: true }) },
    resolve: (_, { input: { projectId, ...given } }, { load, reads }) =>
      answer(async () => {
        const id = uuidOf('Project', projectId)
        const before = await load.project.load(id)
        if (before === null) throw new OrreryError('NOT_FOUND', `there is no project ${projectId}`)
        const { id: _id, slug: _slug, ...change } = { id, ...parseProject({ ...before, ...stated(given, before) }) }
        const project = await reads.projects.change(id, change)
        if (project === null) throw new Error(`project ${id} is gone`)
        load.project.clear(id)
        return { project }
      }),
  }),
)

type Stated = Partial<Pick<ProjectRow, 'name' | 'description' | 'repository' | 'maxParallel' | 'simulated'>>

/** What was said, where null means nothing but for what can be nothing. */
const stated = (given: { [K in keyof Stated]?: Stated[K] | null | undefined }, before: ProjectRow): Stated => ({
  name: given.name ?? before.name,
  description: given.description ?? before.description,
  simulated: given.simulated ?? before.simulated,
  ...(given.repository === undefined ? {} : { repository: given.repository }),
  ...(given.maxParallel === undefined ? {} : { maxParallel: given.maxParallel }),
})

type GivenProject = { [K in 'slug' | 'description' | 'repository']?: string | null | undefined } & {
  name: string
  maxParallel?: number | null | undefined
  simulated?: boolean | null | undefined
}

/** Throws BAD_INPUT that names every fault. */
function parseProject(given: GivenProject) {
  const name = cleanText(given.name).trim()
  const slug = given.slug ?? toSlug(name)
  const project = {
    name,
    slug,
    description: cleanText(given.description ?? ''),
    repository: given.repository ? cleanText(given.repository) : null,
    maxParallel: given.maxParallel ?? null,
    simulated: given.simulated ?? false,
  }
  const faults = [
    ...(name.length < 1 || name.length > 200 ? ['name: must be 1 … 200 characters long'] : []),
    ...(/^[a-z0-9](-?[a-z0-9])*$/.test(slug) && slug.length <= 80
      ? []
      : ['slug: must be 1 … 80 lower-case letters, digits and single hyphens']),
    ...(project.description.length > 4_000 ? ['description: must be at most 4,000 characters long'] : []),
    ...((project.repository?.length ?? 0) > 4_096 ? ['repository: must be at most 4,096 characters long'] : []),
    ...(project.maxParallel !== null && (project.maxParallel < 1 || project.maxParallel > 1_000)
      ? ['maxParallel: must be 1 … 1,000']
      : []),
  ]
  if (faults.length > 0) throw new OrreryError('BAD_INPUT', faults.join('; '))
  return project
}

/** `Café & Co` → `cafe-co`; `project` where nothing is left of it. */
const toSlug = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{Mark}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80)
    .replace(/-$/, '') || 'project'
