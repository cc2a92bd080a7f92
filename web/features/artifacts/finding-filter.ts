/** The filter of findings, and the one that is open, stand in the address of the run's page: a link shows what the sender saw. */
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { Severity } from '../../../domain/artifact.ts'
import type { FindingFilter } from './findings.ts'
import { severityOrder } from './severity.tsx'

/** How it is written in an address: `find=unused&severity=error,warning`; nothing where nothing is filtered. */
export type FindingSearch = { find?: string; severity?: string }

const isSeverity = (name: string): name is Severity => Object.hasOwn(severityOrder, name)

/** Severities that there are not are dropped: an address may come from anywhere. */
export const filterOf = ({ find = '', severity = '' }: FindingSearch): FindingFilter => ({
  text: find,
  severities: severity.split(',').filter(isSeverity),
})

export const searchOf = ({ text, severities }: FindingFilter): FindingSearch => ({
  ...(text === '' ? {} : { find: text }),
  ...(severities.length === 0 ? {} : { severity: severities.join(',') }),
})

/** What is filtered, and how to filter otherwise. */
export function useFindingFilter(): [FindingFilter, (filter: FindingFilter) => void] {
  const find = useSearch({ from: '/runs/$runId', select: search => search.find ?? '' })
  const severity = useSearch({ from: '/runs/$runId', select: search => search.severity ?? '' })
  const navigate = useNavigate({ from: '/runs/$runId' })
  const filter = useMemo(() => filterOf({ find, severity }), [find, severity])
  const change = useCallback(
    (next: FindingFilter) =>
      void navigate({
        to: '.',
        replace: true,
        resetScroll: false,
        search: ({ find: _find, severity: _severity, ...rest }) => ({ ...rest, ...searchOf(next) }),
      }),
    [navigate],
  )
  return [filter, change]
}

/** Which of the findings of a report is open, from 1 in its own order; null: none is. And how to open another one. */
export function useOpenFinding(): [number | null, (finding: number | null) => void] {
  const open = useSearch({ from: '/runs/$runId', select: search => search.finding ?? null })
  const navigate = useNavigate({ from: '/runs/$runId' })
  const change = useCallback(
    (next: number | null) =>
      void navigate({
        to: '.',
        replace: true,
        resetScroll: false,
        search: ({ finding: _finding, ...rest }) => (next === null ? rest : { ...rest, finding: next }),
      }),
    [navigate],
  )
  return [open, change]
}
