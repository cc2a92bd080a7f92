import { useMemo, useRef } from 'react'
import type { Task } from '../../domain/run/state.ts'
import { carriedOver, type OutlineRow, outlineOf } from './outline.ts'

/** The outline of the tasks: one and the same, row by row, while events change no more than what stands in the rows. */
export function useOutline(tasks: readonly Task[], toggled: ReadonlySet<number>): readonly OutlineRow[] {
  const rows = useMemo(() => outlineOf(tasks, toggled), [tasks, toggled])
  const shown = useRef<readonly OutlineRow[]>(rows)
  shown.current = carriedOver(shown.current, rows)
  return shown.current
}
