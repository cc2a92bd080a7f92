import { Link } from '@tanstack/react-router'
import { useQuery } from 'urql'
import type { WorkflowCatalogueQuery } from '../../gql/graphql.ts'
import { faultOf } from '../../lib/fault.ts'
import { counted } from '../../lib/format.ts'
import { useRowKeys } from '../../lib/row-keys.ts'
import { Bars, Empty } from '../../ui/empty.tsx'
import { Table } from '../../ui/table.tsx'
import { WorkflowCatalogueDocument } from './documents.ts'
import css from './workflows.module.css'

type Workflow = WorkflowCatalogueQuery['workflows'][number]

/** What can be started here, by name. */
export function WorkflowList() {
  const [{ data, error }] = useQuery({ query: WorkflowCatalogueDocument })
  useRowKeys('workflow', 'Workflows')
  if (data === undefined && error === undefined) return <Bars rows={8} height={56} />
  if (data === undefined)
    return (
      <Empty icon="warning" title="The workflows could not be read">
        {error === undefined ? '' : faultOf(error)}
      </Empty>
    )
  if (data.workflows.length === 0)
    return (
      <Empty icon="layers" title="There is no workflow">
        A workflow is a file: steps, what each needs, and which agent does it.
      </Empty>
    )
  return (
    <Table
      label="Workflows"
      head={[
        { text: 'Workflow', wide: true },
        { text: 'Version', end: true },
        { text: 'Steps', end: true },
        { text: 'Asks a person', end: true, title: 'Steps that wait for an answer before they begin' },
        { text: 'Sends back', end: true, title: 'Steps that can send earlier work back' },
        { text: 'Variables', end: true },
      ]}
    >
      {data.workflows.map(workflow => (
        <Row key={workflow.name} workflow={workflow} />
      ))}
    </Table>
  )
}

function Row({ workflow: { name, version, title, description, steps, variables } }: { workflow: Workflow }) {
  const required = variables.filter(variable => variable.required).length
  const count = (of: (step: Workflow['steps'][number]) => unknown) =>
    steps.filter(step => of(step) !== null).length || '–'
  return (
    <tr>
      <th scope="row" data-wide>
        <span className={css.name}>
          <Link to="/workflows/$name" params={{ name }} className={css.link} data-row>
            {title}
          </Link>
          <code className={css.muted}>{name}</code>
        </span>
        <p className={css.about}>{description}</p>
      </th>
      <td data-end>{version}</td>
      <td data-end>{steps.length}</td>
      <td data-end>{count(step => step.approval)}</td>
      <td data-end>{count(step => step.back)}</td>
      <td data-end title={counted(required, 'required variable')}>
        {variables.length}
      </td>
    </tr>
  )
}
