import { useEffect, useState } from 'react'
import { useRunStore } from '../../lib/run-context.ts'
import { tallyOf } from '../../lib/tally.ts'
import { statusWord } from '../../ui/status.tsx'

/** Oftener it would talk over itself. */
const everyMs = 5_000

/** Tells those who listen how the run goes, at most every few seconds. */
export function Announcer() {
  const store = useRunStore()
  const [said, say] = useState('')
  useEffect(() => {
    const tell = () => {
      const { run } = store.get()
      if (run === null) return
      const { ended, total, failed } = tallyOf(run.tasks)
      say(`${statusWord(run.status)}: ${ended} of ${total} tasks done${failed > 0 ? `, ${failed} failed` : ''}`)
    }
    const timer = setInterval(tell, everyMs)
    return () => clearInterval(timer)
  }, [store])
  return (
    <p className="sr-only" role="status">
      {said}
    </p>
  )
}
