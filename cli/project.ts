/** The project that a run belongs to: the one that is named, or one for the repository. */
import { createHash } from 'node:crypto'
import { type Client, refusal } from './client.ts'
import { CliError } from './exit.ts'
import { graphql } from './gql/gql.ts'

const ProjectBySlug = graphql(`query ProjectBySlug($slug: String!) { project(slug: $slug) { id slug repository } }`)
const ProjectById = graphql(`query ProjectById($id: ID!) { project(id: $id) { id slug repository } }`)
const CreateProject = graphql(`
  mutation CreateProject($input: CreateProjectInput!) {
    createProject(input: $input) {
      ... on CreateProjectPayload { project { id slug repository } }
      ... on UserError { code message hint }
    }
  }
`)

export type ProjectRef = { id: string; slug: string; repository: string | null }

/** By slug or `prj_…`. Throws CliError where there is none. */
export async function namedProject(client: Client, given: string): Promise<ProjectRef> {
  const { project } = given.startsWith('prj_')
    ? await client.query(ProjectById, { id: given })
    : await client.query(ProjectBySlug, { slug: given })
  if (project !== null) return project
  throw new CliError(`there is no project ${JSON.stringify(given)}.`, {
    code: 'NOT_FOUND',
    hint: 'orrery list shows the projects of runs. A run that names none gets one for its repository.',
  })
}

/** The project of a repository, made where there is none yet. Two repositories of one name get two projects. */
export async function projectFor(client: Client, repository: string | null): Promise<ProjectRef> {
  if (repository === null)
    return (await bySlug(client, 'default')) ?? create(client, { name: 'default', slug: 'default', repository })
  const name = repositoryName(repository)
  const slug = slugOf(name)
  const other = `${slug}-${createHash('sha256').update(repository).digest('hex').slice(0, 8)}`
  for (const one of [slug, other]) {
    const found = await bySlug(client, one)
    if (found === null) return create(client, { name, slug: one, repository })
    if (found.repository === repository) return found
  }
  throw new CliError(`the projects ${slug} and ${other} belong to other repositories.`, {
    hint: 'Name one with --project.',
  })
}

const bySlug = async (client: Client, slug: string): Promise<ProjectRef | null> =>
  (await client.query(ProjectBySlug, { slug })).project

async function create(
  client: Client,
  input: { name: string; slug: string; repository: string | null },
): Promise<ProjectRef> {
  const { createProject: result } = await client.query(CreateProject, {
    input: { ...input, idempotencyKey: `cli:${input.slug}:${input.repository}` },
  })
  if ('project' in result) return result.project
  // Somebody was faster.
  const found = result.code === 'CONFLICT' ? await bySlug(client, input.slug) : null
  if (found !== null && found.repository === input.repository) return found
  throw refusal(result.code, result.message, result.hint)
}

/** `https://github.com/owner/name.git` and `/home/me/name/` → `name`. */
export const repositoryName = (repository: string): string =>
  /([^/:\\]+?)(?:\.git)?[/\\]*$/.exec(repository)?.[1] ?? 'project'

/** As the server makes it of a name. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{Mark}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '') || 'project'
