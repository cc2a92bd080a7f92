import { OrreryError } from '../domain/errors.ts'
import { sqlState } from './connect.ts'
import { type Page, type PageRequest, toPage } from './page.ts'
import { columns, type ProjectRow } from './rows.ts'
import { projects } from './schema.ts'
import type { Tenant } from './tenant.ts'

export type NewProject = Pick<
  ProjectRow,
  'id' | 'slug' | 'name' | 'description' | 'repository' | 'maxParallel' | 'simulated'
>
/** What may be changed later; what is left out stays. */
export type ProjectChange = Partial<Omit<NewProject, 'id' | 'slug'>>

export function tenantProjects({ sql, organisationId }: Tenant) {
  const all = () => columns(sql, projects)
  return {
    byIds: (ids: readonly string[]): Promise<ProjectRow[]> =>
      sql<
        ProjectRow[]
      >`select ${all()} from projects where organisation_id = ${organisationId} and id = any(${[...ids]}::uuid[])`,

    async bySlug(slug: string): Promise<ProjectRow | null> {
      const [row] = await sql<
        ProjectRow[]
      >`select ${all()} from projects where organisation_id = ${organisationId} and slug = ${slug}`
      return row ?? null
    },

    /** Newest first. */
    async page(request: PageRequest<string>): Promise<Page<ProjectRow>> {
      const rows = await sql<ProjectRow[]>`
        select ${all()} from projects where organisation_id = ${organisationId}
          ${request.after === null ? sql`` : sql`and id < ${request.after}`}
          ${request.before === null ? sql`` : sql`and id > ${request.before}`}
        order by id ${request.fromEnd ? sql`asc` : sql`desc`} limit ${request.size + 1}`
      return toPage(rows, request)
    },

    async count(): Promise<number> {
      const [row] = await sql<
        { count: number }[]
      >`select count(*)::int as count from projects where organisation_id = ${organisationId}`
      return row?.count ?? 0
    },

    /** The row; the one that is there where the id is known already. Throws CONFLICT where the slug is taken. */
    async create(project: NewProject): Promise<ProjectRow> {
      try {
        const [row] = await sql<ProjectRow[]>`
          insert into projects (id, organisation_id, slug, name, description, repository, max_parallel, simulated)
          values (${project.id}, ${organisationId}, ${project.slug}, ${project.name}, ${project.description}, ${project.repository}, ${project.maxParallel}, ${project.simulated})
          on conflict (id) do update set id = excluded.id returning ${all()}`
        if (row === undefined) throw new Error('the insert returned nothing')
        return row
      } catch (error) {
        if (sqlState(error) !== '23505') throw error
        throw new OrreryError('CONFLICT', `a project with the slug ${project.slug} exists already`, {
          hint: 'Choose another slug, or look the project up by this one.',
        })
      }
    },

    /** The row as it is then; null where there is no such project. */
    async change(id: string, change: ProjectChange): Promise<ProjectRow | null> {
      const [before] = await this.byIds([id])
      if (before === undefined) return null
      const { name, description, repository, maxParallel, simulated } = { ...before, ...change }
      const [row] = await sql<ProjectRow[]>`
        update projects set name = ${name}, description = ${description}, repository = ${repository},
          max_parallel = ${maxParallel}, simulated = ${simulated}
        where organisation_id = ${organisationId} and id = ${id} returning ${all()}`
      return row ?? null
    },

    /** Those whose name, slug or description holds the text, in any case; the newest first. */
    search: (text: string, limit: number): Promise<ProjectRow[]> =>
      sql<ProjectRow[]>`
        select ${all()} from projects where organisation_id = ${organisationId}
          and strpos(lower(name || ' ' || slug || ' ' || description), lower(${text})) > 0
        order by (strpos(lower(name), lower(${text})) = 1) desc, id desc limit ${limit}`,
  }
}
