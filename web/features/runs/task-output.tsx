import { useMemo, useState } from 'react'
import { useApp } from '../../lib/app-context.ts'
import { formatBytes } from '../../lib/format.ts'
import { useSignal } from '../../lib/hooks.ts'
import { AnsiLine, ansiLines } from '../../ui/ansi.tsx'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import css from './task-output.module.css'

const rowHeight = 18
/** What stands around the lines: room above and below, the border, and a bar for those that are too long. */
const frame = 12 + 2 + 12

/** What the task prints, live; whoever comes late gets what is kept, and then the rest as it comes. */
export function TaskOutput({ runId, taskIndex, running }: { runId: string; taskIndex: number; running: boolean }) {
  const app = useApp()
  const store = useMemo(() => app.outputStore(runId, taskIndex), [app, runId, taskIndex])
  const output = useSignal(store)
  const lines = useMemo(() => ansiLines(output.text), [output.text])
  const [follow, setFollow] = useState(true)
  if (output.text === '') {
    return (
      <p className={css.none}>
        {running
          ? 'It has printed nothing yet.'
          : 'No output is kept. It is held for about an hour; what mattered is in the events.'}
      </p>
    )
  }
  return (
    <figure className={css.output} style={{ height: lines.length * rowHeight + frame }}>
      <VirtualRows
        count={lines.length}
        rowHeight={rowHeight}
        follow={follow}
        onFollow={setFollow}
        kind="log"
        label="Output of the task"
      >
        {index => {
          const line = lines[index]
          return (
            <div key={index} className={css.line}>
              {line === undefined ? null : <AnsiLine line={line} />}
            </div>
          )
        }}
      </VirtualRows>
      {output.missing > 0 ? (
        <figcaption className={css.missing}>{formatBytes(output.missing)} before this are no longer kept</figcaption>
      ) : null}
    </figure>
  )
}
