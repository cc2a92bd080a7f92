import { Link } from '@tanstack/react-router'
import type { Json } from '../../../domain/json.ts'
import type { WorkflowQuery } from '../../gql/graphql.ts'
import { counted, formatExact } from '../../lib/format.ts'
import { Empty } from '../../ui/empty.tsx'
import { inert } from '../../ui/inert.tsx'
import { Part } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { type Change, changesBetween } from './version-changes.ts'
import css from './workflows.module.css'

type Version = NonNullable<WorkflowQuery['workflow']>['versions'][number]
type Props = { versions: readonly Version[]; from: string | null; to: string | null }

/** Longer values are cut: whoever wants them whole has the definition. */
const shownCharacters = 600

/** Every version that was in force here, and what differs between two of them: the newest two, unless others are chosen. */
export function Versions({ versions, from, to }: Props) {
  const after = versions.find(({ hash }) => hash.startsWith(to ?? '')) ?? versions[0]
  const next = after === undefined ? -1 : versions.indexOf(after) + 1
  const before = (from === null ? undefined : versions.find(({ hash }) => hash.startsWith(from))) ?? versions[next]
  if (after === undefined)
    return (
      <Empty icon="layers" title="No version is kept yet">
        Versions are kept when the server starts.
      </Empty>
    )
  return (
    <>
      <Part title="Versions" aside={counted(versions.length, 'version')}>
        <Table
          label="Versions"
          head={[
            { text: 'Version', wide: true },
            { text: 'First in force', end: true },
            { text: 'Runs', end: true, title: 'That were started with this number' },
            { text: 'Compare', end: true },
          ]}
        >
          {versions.map(version => (
            <tr key={version.hash} data-selected={version === after || version === before || undefined}>
              <th scope="row" data-wide>
                {`Version ${version.version} `}
                <code className={css.muted}>{version.hash.slice(0, 8)}</code>
              </th>
              <td data-end>{formatExact(Date.parse(version.seenAt))}</td>
              <td data-end>{version.runs}</td>
              <td data-end>
                <Side field="from" version={version} chosen={version === before} />{' '}
                <Side field="to" version={version} chosen={version === after} />
              </td>
            </tr>
          ))}
        </Table>
      </Part>
      {before === undefined ? (
        <p className={css.muted}>Until there is a second version, there is nothing to compare.</p>
      ) : (
        <Changes before={before} after={after} />
      )}
    </>
  )
}

type SideProps = { field: 'from' | 'to'; version: Version; chosen: boolean }

function Side({ field, version, chosen }: SideProps) {
  return (
    <Link
      from="/workflows/$name"
      to="."
      search={before => ({ ...before, [field]: version.hash.slice(0, 12) })}
      className={css.side}
      aria-current={chosen || undefined}
      aria-label={`${field} version ${version.version}`}
    >
      {field}
    </Link>
  )
}

function Changes({ before, after }: { before: Version; after: Version }) {
  const changes = changesBetween(before.definition as Json, after.definition as Json)
  return (
    <Part
      title={`From version ${before.version} to version ${after.version}`}
      aside={counted(changes.length, 'change')}
    >
      {changes.length === 0 ? <p className={css.muted}>They are the same.</p> : null}
      <ul className={css.changes}>
        {changes.map(change => (
          <ChangeRow key={change.path} change={change} />
        ))}
      </ul>
    </Part>
  )
}

function ChangeRow({ change }: { change: Change }) {
  const sign = !('before' in change) ? 'added' : !('after' in change) ? 'removed' : 'changed'
  return (
    <li className={css.change} data-sign={sign}>
      <code className={css.path}>{change.path}</code>
      <span className={css.sign}>{sign}</span>
      {'before' in change ? <Value kind="before" value={change.before} /> : null}
      {'after' in change ? <Value kind="after" value={change.after} /> : null}
    </li>
  )
}

function Value({ kind, value }: { kind: 'before' | 'after'; value: Json | undefined }) {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null, null, 1)
  return (
    <pre className={css.value} data-kind={kind}>
      <span className="sr-only">{kind}: </span>
      {inert(text.slice(0, shownCharacters))}
      {text.length > shownCharacters ? ' …' : ''}
    </pre>
  )
}
