import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useQuery } from 'urql'
import type { AgentsQuery } from '../../gql/graphql.ts'
import type { Days } from '../../lib/days.ts'
import { faultOf } from '../../lib/fault.ts'
import { counted, formatCount, formatMoney, formatSpan } from '../../lib/format.ts'
import { useRowKeys } from '../../lib/row-keys.ts'
import { useRunChanges } from '../../lib/run-changes.ts'
import { AgentMark } from '../../ui/agent-mark.tsx'
import { Bars, Empty } from '../../ui/empty.tsx'
import { Part } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Activity, type AtWork } from './activity.tsx'
import css from './agents.module.css'
import { AgentsAtWorkDocument, AgentsDocument } from './documents.ts'
import { matches, successOf } from './figures.ts'

type Agent = AgentsQuery['agents'][number] & { atWork: readonly AtWork[] }
type Props = { days: Days; query: string; selected: string | null }

/** Counting over a month costs more than looking at what is at work. */
const [figuresMs, atWorkMs] = [3_000, 500]

/** By the name of the agent. */
function useAtWork(): ReadonlyMap<string, readonly AtWork[]> {
  const [{ data }, again] = useQuery({ query: AgentsAtWorkDocument })
  useRunChanges(() => again({ requestPolicy: 'network-only' }), atWorkMs)
  return useMemo(() => new Map(data?.agents.map(agent => [agent.name, agent.atWork] as const)), [data])
}

/** Who there is: first those that are at work, then by name; agents that think apart from programs. */
export function AgentList({ days, query, selected }: Props) {
  const [{ data, error }, again] = useQuery({ query: AgentsDocument, variables: { days } })
  useRunChanges(() => again({ requestPolicy: 'network-only' }), figuresMs)
  const atWork = useAtWork()
  useRowKeys('agent', 'Agents')
  if (data === undefined && error === undefined) return <Bars rows={8} height={52} />
  if (data === undefined)
    return (
      <Empty icon="warning" title="The agents could not be read">
        {error === undefined ? '' : faultOf(error)}
      </Empty>
    )
  const found = data.agents
    .filter(agent => matches(agent, query))
    .map(agent => ({ ...agent, atWork: atWork.get(agent.name) ?? [] }))
  if (found.length === 0)
    return (
      <Empty icon="search" title="No agent is like that">
        {`None of ${data.agents.length} has ${JSON.stringify(query)} in its name, its title or what it can do.`}
      </Empty>
    )
  const busyFirst = [...found].sort((a, b) => Number(b.atWork.length > 0) - Number(a.atWork.length > 0))
  const [thinking, programs] = [true, false].map(needsModel => busyFirst.filter(one => one.needsModel === needsModel))
  return (
    <>
      <Group
        title="The team that thinks"
        about="with a model, chosen anew for each call"
        agents={thinking}
        selected={selected}
      />
      <Group title="Programs" about="without any model" agents={programs} selected={selected} />
    </>
  )
}

type GroupProps = { title: string; about: string; agents: readonly Agent[] | undefined; selected: string | null }

function Group({ title, about, agents = [], selected }: GroupProps) {
  if (agents.length === 0) return null
  return (
    <Part title={title} aside={<span>{about}</span>}>
      <Table
        label={title}
        head={[
          { text: 'Agent', wide: true },
          { text: 'Ended', end: true, width: 64, title: 'Tasks that came to an end' },
          { text: 'Well', end: true, width: 64, title: 'Share of those that succeeded or failed' },
          { text: 'Sent back', end: true, width: 88, title: 'How often a review sent its work back' },
          { text: 'Typically', end: true, width: 84, title: 'The median time of a task' },
          { text: 'Cost', end: true, width: 76 },
        ]}
      >
        {agents.map(agent => (
          <Row key={agent.name} agent={agent} selected={agent.name === selected} />
        ))}
      </Table>
    </Part>
  )
}

function Row({ agent, selected }: { agent: Agent; selected: boolean }) {
  const { name, title, figures, atWork } = agent
  const success = successOf(figures)
  return (
    <tr data-selected={selected || undefined}>
      <th scope="row" data-wide>
        <span className={css.name}>
          <AgentMark name={name} label />
          <Link to="/agents" search={before => ({ ...before, agent: name })} data-row className={css.link}>
            {title}
          </Link>
          <code className={css.code}>{name}</code>
        </span>
        <ul className={css.now} aria-label={`What ${title} does now`}>
          {atWork.slice(0, 3).map(activity => (
            <li key={activity.task.id}>
              <Activity activity={activity} />
            </li>
          ))}
          {atWork.length > 3 ? <li>{`and ${counted(atWork.length - 3, 'more task')}`}</li> : null}
        </ul>
      </th>
      <td data-end>{formatCount(figures.ended)}</td>
      <td data-end data-tone={success !== null && success < 0.5 ? 'bad' : undefined}>
        {success === null || figures.failed === 0 ? (
          percent(success)
        ) : (
          <Link
            to="/agents"
            search={before => ({ ...before, agent: name, failed: true })}
            className={css.figure}
            title="Those that failed"
          >
            {percent(success)}
          </Link>
        )}
      </td>
      <td data-end>
        {figures.sentBack === 0 ? (
          '–'
        ) : (
          <Link to="/quality" search={{ agent: name }} className={css.figure} title="The events that say so">
            {formatCount(figures.sentBack)}
          </Link>
        )}
      </td>
      <td data-end>{figures.medianMs === null ? '–' : formatSpan(figures.medianMs)}</td>
      <td data-end>{Number(figures.spent) === 0 ? '–' : formatMoney(Number(figures.spent))}</td>
    </tr>
  )
}

const percent = (share: number | null): string => (share === null ? '–' : `${Math.round(share * 100)} %`)
