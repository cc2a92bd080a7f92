import { Link } from '@tanstack/react-router'
import type { Json } from '../../../domain/json.ts'
import type { WorkflowPartsFragment } from '../../gql/graphql.ts'
import { useRowKeys } from '../../lib/row-keys.ts'
import { Part } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { conditionText } from './condition.ts'
import css from './workflows.module.css'

type Step = WorkflowPartsFragment['steps'][number]

/** The same steps as lines, with what makes each different. */
export function StepTable({ steps, selected }: { steps: readonly Step[]; selected: string | null }) {
  useRowKeys('step', 'Workflow')
  return (
    <Part title="Steps, one by one">
      <Table
        label="Steps as a list"
        head={[{ text: 'Step', wide: true }, { text: 'Done by' }, { text: 'After' }, { text: 'Budget', end: true }]}
      >
        {steps.map(step => (
          <tr key={step.key} data-selected={step.key === selected || undefined}>
            <th scope="row" data-wide>
              <Link
                from="/workflows/$name"
                to="."
                search={before => ({ ...before, step: step.key })}
                className={css.link}
                data-row
              >
                {step.title}
              </Link>
              <Marks step={step} />
            </th>
            <td>
              <code>{step.agent ?? step.workflow}</code>
            </td>
            <td className={css.needs}>{step.needs.join(', ') || '–'}</td>
            <td data-end>{step.budgetShare === null ? '–' : `${Math.round(step.budgetShare * 100)} %`}</td>
          </tr>
        ))}
      </Table>
    </Part>
  )
}

function Marks({ step: { when, forEach, approval, back, gate, optional } }: { step: Step }) {
  const marks = [
    ...(when === null ? [] : [`if ${conditionText(when as Json)}`]),
    ...(forEach === null ? [] : [`for each of ${forEach}`]),
    ...(approval === null ? [] : [`asks “${approval.title}”`]),
    ...(back === null ? [] : [`sends back to ${back.to}, at most ${back.maxRounds}×`]),
    ...(gate === null ? [] : [`${gate.kind} ≥ ${gate.minScore}`]),
    ...(optional ? ['optional'] : []),
  ]
  return marks.length === 0 ? null : (
    <ul className={css.marks}>
      {marks.map(mark => (
        <li key={mark}>{mark}</li>
      ))}
    </ul>
  )
}
