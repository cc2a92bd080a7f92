import { useMemo, useState } from 'react'
import { useCalmView } from '../../lib/calm-view.ts'
import { useKept } from '../../lib/run-context.ts'
import { useSelectedTask } from '../../lib/run-selection.ts'
import outline from '../../ui/outline.module.css'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import { createActivities } from './activity.ts'
import css from './agent-tree.module.css'
import { MemberRow } from './member-row.tsx'
import { membersOf, openChildren } from './team.ts'
import { useCrews } from './use-crews.ts'

const rowHeight = 44

/** Everybody who works on the run, and below each those who work for it: what they do now, with which model, and at what cost. */
export function AgentTree() {
  const { run, log } = useCalmView()
  const activitiesOf = useKept(createActivities)
  const activities = useMemo(activitiesOf, [activitiesOf])(log)
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const [children, setChildren] = useState<readonly string[]>([])
  const crewOf = useCrews(children)
  const selected = useSelectedTask()
  if (run === null) return null
  const members = membersOf({ run, activities }, toggled, crewOf)
  const shown = openChildren(members)
  // Which sub-runs are followed depends on what is open, and what is open below them on what they are.
  if (shown.join(' ') !== children.join(' ')) setChildren(shown)
  const toggle = (key: string) => setToggled(before => flipped(before, key))
  return (
    <section className={outline.frame} aria-label="Agents">
      <div className={`${outline.head} ${css.head}`} aria-hidden="true">
        <span>Agent</span>
        <span>Now</span>
        <span className={css.model}>Model</span>
        <span className={css.cost}>Cost</span>
        <span className={css.time}>At work</span>
      </div>
      <div className={outline.list}>
        <VirtualRows
          count={members.length}
          rowHeight={rowHeight}
          reveal={
            selected === null ? null : members.findIndex(one => one.crew.run === run && one.task.index === selected)
          }
          kind="list"
          label="Agents of the run"
        >
          {index => {
            const member = members[index]
            return member === undefined ? null : (
              <MemberRow
                key={member.key}
                member={member}
                activity={member.crew.activities[member.task.index]}
                own={member.crew.run === run}
                selected={member.crew.run === run && member.task.index === selected}
                onToggle={toggle}
              />
            )
          }}
        </VirtualRows>
      </div>
    </section>
  )
}

function flipped(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(set)
  if (!next.delete(key)) next.add(key)
  return next
}
