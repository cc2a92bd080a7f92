import { Link } from '@tanstack/react-router'
import { useRowKeys } from '../../lib/row-keys.ts'
import { AgentMark } from '../../ui/agent-mark.tsx'
import { inert } from '../../ui/inert.tsx'
import { Part } from '../../ui/page.tsx'
import { StatusIcon } from '../../ui/status.tsx'
import { Table } from '../../ui/table.tsx'
import { Ago } from '../../ui/time.tsx'
import css from './health.module.css'
import type { System } from './system.ts'

/** Tasks that ended badly lately; each leads to its run. */
export function Troubles({ tasks }: { tasks: System['goneWrong'] }) {
  return tasks.length === 0 ? null : <TroubleTable tasks={tasks} />
}

function TroubleTable({ tasks }: { tasks: System['goneWrong'] }) {
  useRowKeys('trouble', 'Health')
  return (
    <Part title="What went wrong lately" aside="the newest 20 tasks that failed or were blocked">
      <Table
        label="Tasks that ended badly"
        head={[{ text: 'Task', wide: true }, { text: 'Code' }, { text: 'Agent' }, { text: 'When', end: true }]}
      >
        {tasks.map(task => (
          <tr key={task.id}>
            <th scope="row" data-wide>
              <span className={css.sandbox}>
                <StatusIcon status={task.status} size={14} label />
                {task.run === null ? (
                  task.title
                ) : (
                  <Link
                    to="/runs/$runId"
                    params={{ runId: task.run.id }}
                    search={{ task: task.index }}
                    className={css.link}
                    data-row
                  >
                    {task.title}
                  </Link>
                )}
                <span className={css.muted}>{task.run?.title}</span>
              </span>
              {task.error === null ? null : (
                <p className={css.muted}>{inert(`${task.error.message} ${task.error.hint}`.slice(0, 400))}</p>
              )}
            </th>
            <td>
              <code>{task.error?.code}</code>
            </td>
            <td>
              <span className={css.agent}>
                <AgentMark name={task.uses} />
                {task.uses}
              </span>
            </td>
            <td data-end className={css.muted}>
              {task.endedAt === null ? '' : <Ago at={Date.parse(task.endedAt)} />}
            </td>
          </tr>
        ))}
      </Table>
    </Part>
  )
}
