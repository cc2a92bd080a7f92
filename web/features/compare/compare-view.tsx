import { type ReactNode, useMemo, useState } from 'react'
import type { Artifact, Run } from '../../../domain/run/state.ts'
import { useApp } from '../../lib/app-context.ts'
import type { EventLog } from '../../lib/event-log.ts'
import { counted } from '../../lib/format.ts'
import { useNow, useShortcuts, useSignal } from '../../lib/hooks.ts'
import type { RunView } from '../../lib/run-store.ts'
import { Button } from '../../ui/button.tsx'
import { Bars, Empty } from '../../ui/empty.tsx'
import { align, type Pair, sharedPrefix } from './align.ts'
import css from './compare.module.css'
import { type Decision, decisionsOf, sameDecisions } from './decisions.ts'
import { figuresOf } from './figures.ts'
import { Heads } from './heads.tsx'
import { Results } from './results.tsx'
import { sameMoney } from './same.ts'
import type { Side } from './side.ts'
import { TaskPair } from './task-pair.tsx'

type Props = {
  left: string
  right: string
  /** The result whose two sides are shown beside each other: global id of the right one, or of the left. */
  open: string | undefined
  onOpen(id: string | undefined): void
  onSwap(): void
  /** The difference of two results. */
  difference(base: Artifact, artifact: Artifact): ReactNode
}

/** Two runs beside each other, both live. */
export function CompareView({ left, right, ...rest }: Props) {
  const { runStore } = useApp()
  const [one, other] = [useSignal(runStore(left)), useSignal(runStore(right))]
  const fault = one.fault ?? other.fault
  if (one.run === null || other.run === null)
    return fault === null ? (
      <Bars rows={8} height={44} />
    ) : (
      <Empty icon="warning" title="One of the two could not be read">
        {fault.message}
      </Empty>
    )
  return <Compared left={sideOf(one, one.run)} right={sideOf(other, other.run)} ids={{ left, right }} {...rest} />
}

const sideOf = ({ log }: RunView, run: Run): Side => ({ run, log })
const nothing: readonly Decision[] = []

type ComparedProps = Omit<Props, 'left' | 'right'> & {
  left: Side
  right: Side
  ids: { left: string; right: string }
}

function Compared({ left, right, ids, open, onOpen, onSwap, difference }: ComparedProps) {
  const [onlyDifferent, setOnlyDifferent] = useState(false)
  const prefix = sharedPrefix(left.run, right.run)
  const pairs = useMemo(() => align(left.run, right.run), [left.run, right.run])
  const [decisionsLeft, decisionsRight] = [useDecisions(left.log), useDecisions(right.log)]
  const now = useNow(left.run.endedAt === null || right.run.endedAt === null)
  const measure = { prefix, now }
  const decided = ({ left: one, right: other }: Pair) => ({
    left: decisionsLeft.get(one?.index ?? -1) ?? nothing,
    right: decisionsRight.get(other?.index ?? -1) ?? nothing,
  })
  const shared = pairs.filter(pair => pair.shared)
  const others = pairs.filter(pair => !pair.shared && (!onlyDifferent || differs(pair, decided(pair))))
  useShortcuts([
    { keys: 's', title: 'Change sides', group: 'Compare', run: onSwap },
    { keys: 'o', title: 'Show only what differs', group: 'Compare', run: () => setOnlyDifferent(!onlyDifferent) },
  ])
  return (
    <div className={css.compare}>
      <Heads
        ids={ids}
        left={{ ...left, figures: figuresOf(left.run, left.log, measure) }}
        right={{ ...right, figures: figuresOf(right.run, right.log, measure) }}
        prefix={prefix}
      />
      <div className={css.bar}>
        <h2>Tasks</h2>
        <Button look="ghost" keys="o" aria-pressed={onlyDifferent} onClick={() => setOnlyDifferent(!onlyDifferent)}>
          Only what differs
        </Button>
        <Button look="ghost" keys="s" onClick={onSwap}>
          Change sides
        </Button>
      </div>
      {shared.length === 0 ? null : (
        <details className={css.shared}>
          <summary>
            {counted(shared.length, 'task')} done before the two went apart, after event {prefix}
          </summary>
          <ul>
            {shared.map(pair => (
              <TaskPair key={keyOf(pair)} pair={pair} ids={ids} decided={decided(pair)} />
            ))}
          </ul>
        </details>
      )}
      {others.length === 0 ? (
        <p className={css.none}>{onlyDifferent ? 'No task differs.' : 'Neither has a task of its own yet.'}</p>
      ) : (
        <ul className={css.pairs} aria-label="Tasks of both runs">
          {others.map(pair => (
            <TaskPair key={keyOf(pair)} pair={pair} ids={ids} decided={decided(pair)} />
          ))}
        </ul>
      )}
      <Results left={left.run} right={right.run} ids={ids} open={open} onOpen={onOpen} difference={difference} />
    </div>
  )
}

/** Worked out anew only when events have come. */
function useDecisions(log: EventLog): ReadonlyMap<number, readonly Decision[]> {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a log of the same length holds the same events.
  return useMemo(() => decisionsOf(log), [log.length])
}

const keyOf = ({ left, right }: Pair): string => `${left?.index ?? ''}-${right?.index ?? ''}`

const differs = ({ left, right }: Pair, decided: { left: readonly Decision[]; right: readonly Decision[] }): boolean =>
  left === null ||
  right === null ||
  left.status !== right.status ||
  left.attempt !== right.attempt ||
  !sameMoney(left.spentMicros, right.spentMicros) ||
  !sameDecisions(decided.left, decided.right)
