/** What is selected on a run's page stands in its address, so that it can be linked and survives a reload. */
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

export function useSelectedTask(): number | null {
  return useSearch({ from: '/runs/$runId', select: search => search.task ?? null })
}

/** Selecting what is selected already lets it go. */
export function useSelectTask(): (index: number | null) => void {
  const navigate = useNavigate({ from: '/runs/$runId' })
  return useCallback(
    index => {
      void navigate({
        to: '.',
        search: ({ task, ...rest }) => (index === null || index === task ? rest : { ...rest, task: index }),
        replace: true,
        resetScroll: false,
      })
    },
    [navigate],
  )
}
