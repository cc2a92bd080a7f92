/** The run whose page this is, at the moment that is shown. Everything below subscribes to the part of it that it shows. */
import { createContext, useContext } from 'react'
import type { Run, Task } from '../../domain/run/state.ts'
import { useSelected, useSignal } from './hooks.ts'
import type { Kept } from './kept.ts'
import type { LogReader } from './log-fold.ts'
import type { Moment } from './moment.ts'
import type { RunStore } from './run-store.ts'
import { createTaskLogs } from './task-log.ts'

export type RunPlace = { readonly store: RunStore; readonly moment: Moment; readonly kept: Kept }

const RunContext = createContext<RunPlace | null>(null)
export const RunProvider = RunContext.Provider

function usePlace(): RunPlace {
  const place = useContext(RunContext)
  if (place === null) throw new Error('RunProvider is missing above this component')
  return place
}

/** The run as it happens, whatever moment is shown. */
export const useRunStore = (): RunStore => usePlace().store
export const useMoment = (): Moment => usePlace().moment
/** What `make` makes of this run, once, and for every visit to a view of it. */
export const useKept = <T>(make: () => T): T => usePlace().kept(make)
/** Seq of the moment of the past that is shown; null: now. */
export const useShownSeq = (): number | null => useSignal(usePlace().moment.seq)

/** Of the run at the moment that is shown. */
export const useRun = <S>(select: (run: Run | null) => S): S => useSelected(useMoment().view, view => select(view.run))

/** What a reader makes of the events up to the moment that is shown; it must return the same object for the same events. */
export const useRunLog = <S>(read: LogReader<S>): S => useSelected(useMoment().view, view => read(view.log))

/** The same of the events about one task. */
export function useTaskLog<S>(index: number, read: LogReader<S>): S {
  const logs = useKept(createTaskLogs)
  return useRunLog(log => read(logs(log, index)))
}

/** The same object until an event about this task comes. */
export const useTask = (index: number): Task | undefined => useRun(run => run?.tasks[index])

const noTasks: readonly Task[] = []
export const useTasks = (): readonly Task[] => useRun(run => run?.tasks ?? noTasks)
