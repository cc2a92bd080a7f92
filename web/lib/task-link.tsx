import { Link } from '@tanstack/react-router'
import { memo, useCallback } from 'react'

type Props = { index: number; title: string; selected: boolean; className?: string | undefined }

/**
 * Selects a task of the run whose page this is. It is drawn anew only when it says something else: a link works out its
 * address each time, and the rows that it stands in change with every event.
 */
export const TaskLink = memo(function TaskLink({ index, title, selected, className }: Props) {
  const search = useCallback(
    ({ seq: _, ...rest }: { seq?: number; task?: number }) => ({ ...rest, task: index }),
    [index],
  )
  return (
    <Link
      from="/runs/$runId"
      to="."
      search={search}
      replace
      resetScroll={false}
      className={className}
      aria-current={selected || undefined}
    >
      {title}
    </Link>
  )
})
