import { useEffect, useState } from 'react'
import { useMoment } from './run-context.ts'
import type { RunView } from './run-store.ts'

/** What is long to draw or to read does not change more often for the eye. */
const calmMs = 120

/** The view that is shown, at once where one goes to another moment, and a few times a second while events arrive. */
export function useCalmView(): RunView {
  const { view, seq } = useMoment()
  const [shown, setShown] = useState(view.get)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let moment = seq.get()
    const renew = () => {
      clearTimeout(timer)
      timer = undefined
      setShown(view.get())
    }
    const onChange = () => {
      const moved = seq.get() !== moment
      moment = seq.get()
      if (moved) renew()
      else timer ??= setTimeout(renew, calmMs)
    }
    renew()
    const stop = view.subscribe(onChange)
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [view, seq])
  return shown
}
