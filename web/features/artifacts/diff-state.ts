/** How a diff is drawn and where in it one is. On a run's page it stands in the address; elsewhere it lasts as long as the page. */
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { DiffLayout } from './diff-rows.ts'

/** `hunk` counts from 1 within its file; 0: the file as a whole. */
export type DiffPlace = { readonly file: string; readonly hunk: number }
export type DiffState = {
  readonly layout: DiffLayout
  readonly ignoresSpace: boolean
  readonly at: DiffPlace | null
  change(next: Partial<Pick<DiffState, 'layout' | 'ignoresSpace' | 'at'>>): void
}

export function useLocalDiffState(): DiffState {
  const [state, setState] = useState<Omit<DiffState, 'change'>>({ layout: 'unified', ignoresSpace: false, at: null })
  return useMemo(() => ({ ...state, change: next => setState(before => ({ ...before, ...next })) }), [state])
}

export function useAddressedDiffState(): DiffState {
  const { layout = 'unified', space, file, hunk } = useSearch({ strict: false })
  const navigate = useNavigate()
  return useMemo(
    () => ({
      layout,
      ignoresSpace: space === 'ignore',
      at: file === undefined ? null : { file, hunk: hunk ?? 0 },
      change: next =>
        void navigate({
          to: '.',
          replace: true,
          resetScroll: false,
          search: (search: Record<string, unknown>) => ({ ...search, ...addressOf(next) }),
        } as never),
    }),
    [layout, space, file, hunk, navigate],
  )
}

/** What is `undefined` leaves the address. */
const addressOf = ({ layout, ignoresSpace, at }: Parameters<DiffState['change']>[0]) => ({
  ...(layout === undefined ? {} : { layout: layout === 'split' ? 'split' : undefined }),
  ...(ignoresSpace === undefined ? {} : { space: ignoresSpace ? 'ignore' : undefined }),
  ...(at === undefined ? {} : { file: at?.file, hunk: at === null || at.hunk === 0 ? undefined : at.hunk }),
})
