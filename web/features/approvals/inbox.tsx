import { useEffect, useRef, useState } from 'react'
import { useApp } from '../../lib/app-context.ts'
import { useShortcuts, useSignal } from '../../lib/hooks.ts'
import { Bars, Empty } from '../../ui/empty.tsx'
import { ApprovalCard } from './approval-card.tsx'
import css from './approvals.module.css'

/** Everything that people are asked, over all runs. */
export function ApprovalInbox() {
  const { inbox } = useApp()
  const { state, open, settled, fault } = useSignal(inbox)
  const [chosen, choose] = useState<string | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const place = Math.max(
    0,
    open.findIndex(({ id }) => id === chosen),
  )
  const move = (step: number) => choose(open[Math.min(open.length - 1, Math.max(0, place + step))]?.id ?? null)
  useShortcuts([
    { keys: 'j', title: 'Next question', group: 'Approvals', run: () => move(1) },
    { keys: 'k', title: 'Previous question', group: 'Approvals', run: () => move(-1) },
  ])
  useEffect(() => {
    if (chosen !== null) list.current?.children[place]?.scrollIntoView({ block: 'nearest' })
  }, [chosen, place])

  if (state === 'loading') return <Bars rows={3} height={120} />
  if (state === 'failed')
    return (
      <Empty icon="warning" title="What is asked could not be read">
        {fault}
      </Empty>
    )
  return (
    <div className={css.inbox}>
      {open.length === 0 ? (
        <Empty icon="check" title="Nobody is asked anything">
          When a run needs a person, for a plan, for money, or before something leaves this machine, it asks here.
        </Empty>
      ) : (
        <ul className={css.list} aria-label="Open questions" ref={list}>
          {open.map((question, index) => (
            <li key={question.id}>
              <ApprovalCard question={question} keys={index === place} selected={index === place && open.length > 1} />
            </li>
          ))}
        </ul>
      )}
      {settled.length === 0 ? null : (
        <section className={css.settled} aria-labelledby="settled" aria-live="polite">
          <h2 id="settled">Settled just now</h2>
          <ul className={css.list}>
            {settled.map(question => (
              <li key={question.id}>
                <ApprovalCard question={question} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
