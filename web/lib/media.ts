import { useSyncExternalStore } from 'react'

/** Where the page is laid out for a phone. The same number stands in the style sheets. */
const narrowQuery = '(max-width: 720px)'

export function useNarrow(): boolean {
  return useSyncExternalStore(
    listener => {
      const query = matchMedia(narrowQuery)
      query.addEventListener('change', listener)
      return () => query.removeEventListener('change', listener)
    },
    () => matchMedia(narrowQuery).matches,
  )
}
