import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { parseWindow, type TimeWindow, windowText } from './window.ts'

/** While one zooms and drags the address waits: a browser takes only so many changes of it. */
const settledMs = 250

/** The part of the time that is seen. It stands in the address as soon as it rests. */
export function useTimeWindow(): [TimeWindow, (window: TimeWindow) => void] {
  const span = useSearch({ from: '/runs/$runId', select: search => search.span })
  const navigate = useNavigate({ from: '/runs/$runId' })
  const [window, setWindow] = useState(() => parseWindow(span))
  const known = useRef(span)
  useEffect(() => {
    if (span === known.current) return
    known.current = span
    setWindow(parseWindow(span))
  }, [span])
  useEffect(() => {
    const text = windowText(window)
    if (text === known.current) return
    const timer = setTimeout(() => {
      known.current = text
      void navigate({
        to: '.',
        replace: true,
        resetScroll: false,
        search: ({ span: _, ...rest }) => (text === undefined ? rest : { ...rest, span: text }),
      })
    }, settledMs)
    return () => clearTimeout(timer)
  }, [window, navigate])
  return [window, setWindow]
}
