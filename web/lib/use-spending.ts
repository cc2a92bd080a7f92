import { useEffect, useState } from 'react'
import { useApp } from './app-context.ts'
import { useNow } from './hooks.ts'
import { SpendingChangedDocument } from './spending-documents.ts'

/** Micro-dollars, and the model calls that they were paid for; null until it is known. */
export type Spent = { micros: number; calls: number } | null

/** What was spent since a moment (milliseconds since 1970), as it grows; of one project, or with null of all. */
export function useSpending(from: number, projectId: string | null = null): Spent {
  const { live } = useApp()
  const [spent, setSpent] = useState<Spent>(null)
  useEffect(() => {
    setSpent(null)
    return live.subscribe(SpendingChangedDocument, () => ({ from: new Date(from).toISOString(), projectId }), {
      data: ({ spendingChanged }) => setSpent({ micros: Number(spendingChanged.spent), calls: spendingChanged.count }),
      fault: () => {},
    })
  }, [live, from, projectId])
  return spent
}

/** When today began where the reader is; another day begins by itself. */
export function useToday(): number {
  return startOfDay(useNow())
}

export function startOfDay(at: number): number {
  const day = new Date(at)
  day.setHours(0, 0, 0, 0)
  return day.getTime()
}
