import { useEffect, useRef, useState } from 'react'

/** Where a page draws no frames, because nobody sees it, it goes on all the same. */
const latestMs = 100

/**
 * The value, once the page has been painted with whatever else follows from its change. What is pressed answers at once
 * then, and what takes long to draw comes with the next picture instead of holding back the first one.
 */
export function useAfterPaint<T>(value: T): T {
  const [painted, setPainted] = useState(value)
  const latest = useRef(value)
  const callOff = useRef<(() => void) | null>(null)
  useEffect(() => {
    latest.current = value
    // A key that is held down must not put it off for ever.
    callOff.current ??= afterPaint(() => {
      callOff.current = null
      setPainted(() => latest.current)
    })
  }, [value])
  useEffect(
    () => () => {
      callOff.current?.()
      callOff.current = null
    },
    [],
  )
  return painted
}

/** Calls once, after the next frame was painted. Returns how to call it off. */
function afterPaint(call: () => void): () => void {
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer)
    // A frame is painted when its callbacks have run.
    timer = setTimeout(call)
  })
  let timer = setTimeout(() => {
    cancelAnimationFrame(frame)
    call()
  }, latestMs)
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}
