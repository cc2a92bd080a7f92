import { Link } from '@tanstack/react-router'
import { useQuery } from 'urql'
import type { AgentQuery } from '../../gql/graphql.ts'
import { faultOf } from '../../lib/fault.ts'
import { useRunChanges } from '../../lib/run-changes.ts'
import { AgentMark } from '../../ui/agent-mark.tsx'
import { Bars, Empty } from '../../ui/empty.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Inert, inert } from '../../ui/inert.tsx'
import { Panel, Section } from '../../ui/panel.tsx'
import { StatusIcon } from '../../ui/status.tsx'
import { Ago } from '../../ui/time.tsx'
import css from './agents.module.css'
import { AgentDocument } from './documents.ts'
import { weightsOf } from './figures.ts'

type Agent = NonNullable<AgentQuery['agent']>
type Role = NonNullable<Agent['role']>
type Props = { name: string; failedOnly: boolean; onClose(): void }

/** What one agent is told, what it may do, and what it did last. */
export function AgentPanel({ name, failedOnly, onClose }: Props) {
  const statuses = failedOnly ? (['FAILED', 'BLOCKED'] as const) : null
  const [{ data, error, stale }, again] = useQuery({
    query: AgentDocument,
    variables: { name, statuses: statuses === null ? null : [...statuses] },
  })
  useRunChanges(() => again({ requestPolicy: 'network-only' }), 2_000)
  const agent = data?.agent ?? null
  // What is shown is of the agent before, while this one is being read.
  const waits = agent !== null && agent.name !== name
  return (
    <Panel title={name} lead={<AgentMark name={name} size={16} label />} onClose={onClose}>
      {data === undefined && error === undefined ? <Bars rows={6} height={40} /> : null}
      {data === undefined && error !== undefined ? (
        <Empty icon="warning" title="The agent could not be read">
          {faultOf(error)}
        </Empty>
      ) : null}
      {data !== undefined && agent === null && !stale ? (
        <Empty icon="search" title="There is no such agent">
          {`Nobody is called ${JSON.stringify(name)} here.`}
        </Empty>
      ) : null}
      {agent === null || waits ? null : <About agent={agent} failedOnly={failedOnly} />}
    </Panel>
  )
}

function About({ agent, failedOnly }: { agent: Agent; failedOnly: boolean }) {
  const { role, produces, workerClass } = agent
  return (
    <>
      <Facts
        facts={{
          Makes: produces.join(', ') || 'nothing that is kept',
          Reads: role === null ? null : role.reads.join(', ') || 'nothing beforehand',
          'Changes code': role === null ? null : role.writes ? 'yes: its changes are committed and merged' : 'no',
          Workers: `class ${workerClass}`,
          Version: role?.version,
          Thinking: role?.thinking,
          Plans: role === null ? null : role.reasoning ? 'writes its plan down, and checks against it' : 'no',
          Prefers: role === null || role.preferred.length === 0 ? null : role.preferred.join(', '),
          Limits:
            role === null
              ? null
              : `${role.maxTurns} turns, ${role.maxToolCalls} tool calls, ${role.maxOutputTokens} tokens a reply`,
        }}
      />
      {role === null ? null : <RoleParts role={role} />}
      <Recent agent={agent} failedOnly={failedOnly} />
    </>
  )
}

function RoleParts({ role }: { role: Role }) {
  return (
    <>
      <Section title="What its work is made of" aside="models are weighed by it">
        <ul className={css.weights}>
          {weightsOf(role.capabilities).map(({ name, weight }) => (
            <li key={name}>
              <span>{name}</span>
              <span className={css.bar} aria-hidden="true">
                <span style={{ width: `${weight * 100}%` }} />
              </span>
              <span className="tabular">{weight.toFixed(1)}</span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Tools" aside={`${role.tools.length}`}>
        <ul className={css.tools}>
          {role.tools.map(tool => (
            <li key={tool.name}>
              <details>
                <summary>
                  <code>{tool.name}</code>
                  <span className={css.class} data-class={tool.class}>
                    {tool.class.toLowerCase()}
                  </span>
                </summary>
                <p className={css.told}>{inert(tool.description)}</p>
              </details>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Prompt" aside="as it is told, before the task itself">
        <pre className={css.prompt}>
          <Inert text={role.prompt} />
        </pre>
      </Section>
    </>
  )
}

function Recent({ agent, failedOnly }: { agent: Agent; failedOnly: boolean }) {
  return (
    <Section
      title={failedOnly ? 'Its newest failures' : 'Its newest tasks'}
      aside={
        <Link to="/agents" search={({ failed: _, ...rest }) => (failedOnly ? rest : { ...rest, failed: true })}>
          {failedOnly ? 'Show all' : 'Only failures'}
        </Link>
      }
    >
      {agent.recent.length === 0 ? (
        <p className={css.told}>{failedOnly ? 'None of its tasks failed.' : 'It has done nothing yet.'}</p>
      ) : null}
      <ul className={css.recent}>
        {agent.recent.map(task => (
          <li key={task.id}>
            <StatusIcon status={task.status} size={14} label />
            <span className={css.what}>
              {task.run === null ? (
                task.title
              ) : (
                <Link
                  to="/runs/$runId"
                  params={{ runId: task.run.id }}
                  search={{ task: task.index }}
                  className={css.figure}
                >
                  {task.title}
                </Link>
              )}
              <span className={css.run}>{task.run?.title}</span>
              {task.error === null ? null : (
                <span className={css.fault}>{inert(task.error.message.slice(0, 300))}</span>
              )}
            </span>
            <span className={css.when}>{task.endedAt === null ? '' : <Ago at={Date.parse(task.endedAt)} />}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
