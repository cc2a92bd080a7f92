import { Icon } from '../../ui/icon.tsx'
import { inert } from '../../ui/inert.tsx'
import type { Tone } from '../../ui/status.tsx'
import { Table } from '../../ui/table.tsx'
import type { DryStep } from './step-flow.tsx'
import css from './workflows.module.css'

const looks = {
  RUNS: { word: 'runs', tone: 'good', icon: 'check' },
  OPEN: { word: 'may run', tone: 'wait', icon: 'ask' },
  SKIPPED: { word: 'skipped', tone: 'idle', icon: 'minus' },
} as const satisfies Record<DryStep['outlook'], { word: string; tone: Tone; icon: string }>

/** The steps in the order in which they would begin. */
export function DryStepTable({ steps }: { steps: readonly DryStep[] }) {
  const ordered = [...steps].sort((a, b) => a.wave - b.wave)
  return (
    <Table
      label="What it would do"
      head={[
        { text: 'Step', wide: true },
        { text: 'This time' },
        { text: 'Times', end: true, title: 'At most, work that is sent back counted' },
        { text: 'Done by' },
      ]}
    >
      {ordered.map(step => (
        <tr key={step.key}>
          <th scope="row" data-wide>
            {inert(step.title)}
            {step.asks.map(ask => (
              <p key={ask} className={css.ask}>
                <Icon name="ask" size={12} />
                {inert(ask)}
              </p>
            ))}
          </th>
          <td>
            <span className={css.outlook} data-tone={looks[step.outlook].tone}>
              <Icon name={looks[step.outlook].icon} size={14} />
              {looks[step.outlook].word}
            </span>
            {step.why === '' ? null : <p className={css.muted}>{step.why}</p>}
          </td>
          <td data-end>{step.outlook === 'SKIPPED' ? '–' : (step.times ?? 'each')}</td>
          <td>
            <code>{step.uses}</code>
            {step.needsModel ? <p className={css.muted}>with a model</p> : null}
          </td>
        </tr>
      ))}
    </Table>
  )
}
