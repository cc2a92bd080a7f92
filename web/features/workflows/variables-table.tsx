import type { WorkflowPartsFragment } from '../../gql/graphql.ts'
import { Empty } from '../../ui/empty.tsx'
import { Table } from '../../ui/table.tsx'
import css from './workflows.module.css'

type Variable = WorkflowPartsFragment['variables'][number]

/** What a run can be given. */
export function VariablesTable({ variables }: { variables: readonly Variable[] }) {
  if (variables.length === 0)
    return (
      <Empty icon="list" title="It takes no variables">
        Every run of it does the same.
      </Empty>
    )
  return (
    <Table label="Variables" head={[{ text: 'Variable', wide: true }, { text: 'Type' }, { text: 'Default' }]}>
      {variables.map(variable => (
        <tr key={variable.name}>
          <th scope="row" data-wide>
            <code>{variable.name}</code>
            {variable.required ? <span className={css.required}>required</span> : null}
            <p className={css.about}>{variable.description}</p>
          </th>
          <td>
            {variable.type}
            <p className={css.muted}>{boundsOf(variable)}</p>
          </td>
          <td>
            {variable.default === null ? (
              <span className={css.muted}>none</span>
            ) : (
              <code>{JSON.stringify(variable.default)}</code>
            )}
          </td>
        </tr>
      ))}
    </Table>
  )
}

function boundsOf({ enum: options, minimum, maximum, type, maxLength }: Variable): string {
  if (options !== null) return options.join(', ')
  if (minimum !== null || maximum !== null) return `${minimum ?? '…'} to ${maximum ?? '…'}`
  return type.startsWith('string') ? `at most ${maxLength.toLocaleString('en-GB')} characters` : ''
}
