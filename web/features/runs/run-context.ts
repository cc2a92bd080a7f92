/** The run whose page this is. Everything below subscribes to the part of it that it shows. */
import { createContext, useContext } from 'react'
import type { Run, Task } from '../../../domain/run/state.ts'
import { useSelected } from '../../lib/hooks.ts'
import type { RunStore } from '../../lib/run-store.ts'

const RunContext = createContext<RunStore | null>(null)
export const RunProvider = RunContext.Provider

export function useRunStore(): RunStore {
  const store = useContext(RunContext)
  if (store === null) throw new Error('RunProvider is missing above this component')
  return store
}

export const useRun = <S>(select: (run: Run | null) => S): S => useSelected(useRunStore(), view => select(view.run))

/** The same object until an event about this task comes. */
export const useTask = (index: number): Task | undefined => useRun(run => run?.tasks[index])

const noTasks: readonly Task[] = []
export const useTasks = (): readonly Task[] => useRun(run => run?.tasks ?? noTasks)
