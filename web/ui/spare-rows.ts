import { useCallback, useEffect, useState } from 'react'

/** Milliseconds after which a page that never has a moment to spare draws them all the same. */
const latestMs = 500

/**
 * Whether a list draws rows beyond its edges, so that a quick scroll meets them. Not in its first picture, which somebody
 * waits for: once the page has a moment, or as soon as it is needed.
 */
export function useSpareRows(): [spare: boolean, need: () => void] {
  const [spare, setSpare] = useState(false)
  const need = useCallback(() => setSpare(true), [])
  useEffect(() => {
    if (typeof requestIdleCallback !== 'function') {
      const timer = setTimeout(need, latestMs)
      return () => clearTimeout(timer)
    }
    const handle = requestIdleCallback(need, { timeout: latestMs })
    return () => cancelIdleCallback(handle)
  }, [need])
  return [spare, need]
}
