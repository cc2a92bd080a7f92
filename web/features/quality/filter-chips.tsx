import { Link } from '@tanstack/react-router'
import { useQuery } from 'urql'
import type { QualityFilter } from '../../gql/graphql.ts'
import { Icon } from '../../ui/icon.tsx'
import { inert } from '../../ui/inert.tsx'
import { QualityDocument } from './documents.ts'
import { projectName } from './points.ts'
import css from './quality.module.css'

type Field = 'kind' | 'agent' | 'model' | 'project'

/** What is filtered by, each with its cross. */
export function FilterChips({ chosen, filter }: { chosen: Partial<Record<Field, string>>; filter: QualityFilter }) {
  // The same question as that of the view: asked once.
  const [{ data }] = useQuery({ query: QualityDocument, variables: { filter } })
  const wordOf = (field: Field, value: string) =>
    field === 'project' ? projectName(data?.quality.points ?? [], value) : value
  const fields = Object.entries(chosen) as [Field, string][]
  if (fields.length === 0) return null
  return (
    <ul className={css.chips} aria-label="Filters">
      {fields.map(([field, value]) => (
        <li key={field}>
          <Link
            to="/quality"
            search={({ [field]: _, ...rest }) => rest}
            className={css.chip}
            aria-label={`${field} ${wordOf(field, value)}: take the filter away`}
          >
            <span className={css.muted}>{field}</span> {inert(wordOf(field, value))}
            <Icon name="close" size={12} />
          </Link>
        </li>
      ))}
    </ul>
  )
}
