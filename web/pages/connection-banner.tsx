import { useApp } from '../lib/app-context.ts'
import { formatAgo } from '../lib/format.ts'
import { useNow, useSignal } from '../lib/hooks.ts'
import { Offline } from '../ui/offline.tsx'
import css from './connection-banner.module.css'

/** Said only when a cut lasts: short ones heal unseen. It floats, so that nothing moves. */
export function ConnectionBanner() {
  const { connection } = useApp()
  const { troubled, lastUp } = useSignal(connection)
  return (
    <div role="status" className={css.place}>
      {troubled ? <Banner lastUp={lastUp} /> : null}
    </div>
  )
}

function Banner({ lastUp }: { lastUp: number | null }) {
  const now = useNow()
  return (
    <Offline
      text={
        lastUp === null
          ? 'Connecting to the server'
          : `Connection lost, reconnecting. What you see is from ${formatAgo(lastUp, now)}.`
      }
    />
  )
}
