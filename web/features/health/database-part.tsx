import { formatBytes, formatCount } from '../../lib/format.ts'
import { Gauge } from '../../ui/gauge.tsx'
import { Part } from '../../ui/page.tsx'
import { Stats } from '../../ui/stats.tsx'
import { Table } from '../../ui/table.tsx'
import css from './health.module.css'
import type { System } from './system.ts'

type Props = { database: System['database']; process: System['process'] }

/** What Postgres says of itself, and what this process takes. */
export function DatabasePart({ database, process }: Props) {
  if (database === null) return null
  const open = database.connections.reduce((sum, { count }) => sum + count, 0)
  return (
    <Part title="Postgres and this process" aside={`Postgres ${database.version}`}>
      <div className={css.figures}>
        <Stats
          label="Postgres and this process"
          stats={[
            { label: 'Size', value: formatBytes(Number(database.bytes)) },
            { label: 'Answers in', value: `${database.answeredMs.toFixed(1)} ms` },
            {
              label: 'Found in memory',
              value: database.cacheHits === null ? '–' : `${(database.cacheHits * 100).toFixed(1)} %`,
              note: 'of the pages that were read',
            },
            {
              label: 'Waits for locks',
              value: formatCount(database.lockWaits),
              note: `${formatCount(Number(database.deadlocks))} deadlocks so far`,
            },
            {
              label: 'Memory',
              value: formatBytes(Number(process.memoryBytes)),
              note: `${formatBytes(Number(process.heapBytes))} of it heap`,
            },
          ]}
        />
      </div>
      <div className={css.two}>
        <div>
          <p className={css.pool}>
            <span>Connections</span>
            <Gauge used={open} limit={database.mostConnections} label="Connections of Postgres" />
            <span className="tabular">{`${open} of ${database.mostConnections}`}</span>
          </p>
          <Table
            label="Connections"
            head={[
              { text: 'Pool', wide: true },
              { text: 'Open', end: true },
              { text: 'At most', end: true },
            ]}
          >
            {database.connections.map(({ name, count }) => (
              <tr key={name}>
                <th scope="row" data-wide>
                  {name}
                </th>
                <td data-end>{count}</td>
                <td data-end>{name === 'orrery requests' ? `${process.pool} a process` : '–'}</td>
              </tr>
            ))}
          </Table>
        </div>
        <Table
          label="Tables"
          head={[
            { text: 'Table', wide: true },
            { text: 'Rows', end: true, title: 'About' },
            { text: 'Size', end: true },
          ]}
        >
          {database.tables.map(({ name, rows, bytes }) => (
            <tr key={name}>
              <th scope="row" data-wide>
                <code>{name}</code>
              </th>
              <td data-end>{formatCount(Number(rows))}</td>
              <td data-end>{formatBytes(Number(bytes))}</td>
            </tr>
          ))}
        </Table>
      </div>
    </Part>
  )
}
