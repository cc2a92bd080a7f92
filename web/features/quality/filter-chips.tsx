import { Link } from '@tanstack/react-router'
import { Icon } from '../../ui/icon.tsx'
import { inert } from '../../ui/inert.tsx'
import css from './quality.module.css'

type Field = 'kind' | 'agent' | 'model' | 'project'

/** What is filtered by, each with its cross. */
export function FilterChips({ chosen }: { chosen: Partial<Record<Field, string>> }) {
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
            aria-label={`${field} ${value}: take the filter away`}
          >
            <span className={css.muted}>{field}</span> {inert(value)}
            <Icon name="close" size={12} />
          </Link>
        </li>
      ))}
    </ul>
  )
}
