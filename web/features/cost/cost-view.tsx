import { type ReactNode, useMemo } from 'react'
import { forecastMicros } from '../../../domain/money.ts'
import { progressOf } from '../../../domain/run/progress.ts'
import { isRunEnded, type Run } from '../../../domain/run/state.ts'
import { EventsLink } from '../../lib/events-link.tsx'
import { counted, formatClock, formatCount, formatMoney } from '../../lib/format.ts'
import { useSignal } from '../../lib/hooks.ts'
import { createLogFilter } from '../../lib/log-filter.ts'
import { useMoment, useRun, useRunLog } from '../../lib/run-context.ts'
import { limitsOf } from '../../lib/run-limit.ts'
import { titleOf } from '../../lib/task-title.ts'
import { AgentMark } from '../../ui/agent-mark.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Scroll } from '../../ui/scroll.tsx'
import { Simulated } from '../../ui/simulated.tsx'
import { BurnDown } from './burn-down.tsx'
import css from './cost.module.css'
import { decisionOf } from './decisions.ts'
import { PartTable, type Row } from './part-table.tsx'
import { byAgent, chargeTypes, createSpendingReader, type Spending } from './spending.ts'

/** What the run spends, on what, what it will come to, and what was decided about it. */
export function CostView() {
  const run = useRun(one => one)
  const read = useMemo(createSpendingReader, [])
  const spending = useRunLog(read)
  if (run === null) return null
  const limits = limitsOf(run)
  const { ended, total } = progressOf(run.tasks)
  const forecast = isRunEnded(run.status) ? null : forecastMicros(run.spentMicros, { ended, total })
  return (
    <Scroll className={css.page} label="Cost of the run">
      <Figures run={run} spending={spending} limit={limits.at(-1)?.micros ?? null} forecast={forecast} />
      <BurnDown run={run} limits={limits} forecast={forecast} />
      {spending.all.calls === 0 ? (
        <Empty icon="coin" title="No model was asked yet">
          What models cost appears here with the first call. Tools cost nothing.
        </Empty>
      ) : (
        <div className={css.parts}>
          <PartTable title="By model" of="Model" rows={modelRows(spending)} />
          <PartTable title="By agent" of="Agent" rows={agentRows(spending, run)} />
          <PartTable title="By task" of="Task" rows={taskRows(spending, run)} />
          <Decisions />
        </div>
      )}
    </Scroll>
  )
}

type FigureProps = { run: Run; spending: Spending; limit: number | null; forecast: number | null }

function Figures({ run, spending: { all }, limit, forecast }: FigureProps) {
  const left = limit === null ? null : Math.max(0, limit - all.spentMicros - all.reservedMicros)
  return (
    <dl className={css.figures}>
      <Figure
        name="Spent"
        note={
          run.simulated ? (
            <Simulated />
          ) : all.uncertainMicros > 0 ? (
            `${formatMoney(all.uncertainMicros)} of it at most`
          ) : null
        }
      >
        <EventsLink types={chargeTypes}>{formatMoney(all.spentMicros)}</EventsLink>
      </Figure>
      <Figure name="Reserved" note="for calls under way">
        <EventsLink types={['ModelCallStarted']}>{formatMoney(all.reservedMicros)}</EventsLink>
      </Figure>
      <Figure name="Budget" note={limit === null ? 'that of the project holds' : `${formatMoney(left ?? 0)} left`}>
        {limit === null ? 'none of its own' : <EventsLink seq={1}>{formatMoney(limit)}</EventsLink>}
      </Figure>
      <Figure name="Forecast" note={forecast === null ? null : 'if what is to come costs what was'}>
        {forecast === null ? '–' : formatMoney(forecast)}
      </Figure>
      <Figure name="Calls" note={`${formatCount(all.inputTokens)} tokens in, ${formatCount(all.outputTokens)} out`}>
        <EventsLink types={['ModelCallStarted']}>{formatCount(all.calls)}</EventsLink>
      </Figure>
    </dl>
  )
}

function Figure({ name, note, children }: { name: string; note: ReactNode; children: ReactNode }) {
  return (
    <div className={css.figure}>
      <dt>{name}</dt>
      <dd>{children}</dd>
      {note === null ? null : <dd className={css.note}>{note}</dd>}
    </div>
  )
}

const modelRows = ({ byModel }: Spending): Row[] =>
  Object.entries(byModel).map(([model, part]) => ({ key: model, name: model, part, events: { text: model } }))

const agentRows = (spending: Spending, run: Run): Row[] =>
  Object.entries(byAgent(spending, run)).map(([name, part]) => {
    const tasks = run.tasks.filter(task => task.uses === name)
    return {
      key: name,
      name: (
        <span className={css.name}>
          <AgentMark name={name} />
          {name}
          {tasks.length > 1 ? <span className={css.note}>{counted(tasks.length, 'task')}</span> : null}
        </span>
      ),
      part,
      events: { agent: name },
    }
  })

const taskRows = ({ byTask }: Spending, { tasks }: Run): Row[] =>
  Object.entries(byTask).map(([index, part]) => {
    const task = tasks[Number(index)]
    return {
      key: index,
      name: task === undefined ? `task ${index}` : titleOf(task),
      part,
      events: { task: Number(index) },
    }
  })

/** Why it stopped, went on, or took another model. */
function Decisions() {
  const { log } = useSignal(useMoment().view)
  const read = useMemo(() => createLogFilter(event => decisionOf(event) !== null), [])
  const places = read(log)
  return (
    <section className={css.decisions} aria-label="Decisions">
      <h2>Stopped, resumed, rerouted</h2>
      {places.length === 0 ? (
        <p className={css.note}>Nothing has stopped it or changed its way.</p>
      ) : (
        <ol>
          {places.slice(-50).map(place => {
            const event = log.at(place)
            const decision = decisionOf(event)
            return (
              <li key={event.seq} data-tone={decision?.stops ? 'wait' : undefined}>
                <EventsLink seq={event.seq}>{formatClock(event.at)}</EventsLink>
                <span className={css.why}>
                  <span className={css.type}>{event.type}</span> {decision?.text}
                </span>
              </li>
            )
          })}
        </ol>
      )}
    </section>
  )
}
