/** What came of an evaluation, as it is printed, kept and compared. */
import { z } from 'zod'
import { type Interval, mean, wilson } from './statistics.ts'

export const Trial = z.object({
  task: z.string(),
  kind: z.string(),
  passed: z.boolean(),
  /** How the run ended. */
  status: z.string(),
  /** Why it did not pass; empty where it did. */
  why: z.string(),
  costMicros: z.number(),
  seconds: z.number(),
  models: z.array(z.string()),
})
export type Trial = z.output<typeof Trial>

export const Report = z.object({
  version: z.literal(1),
  at: z.string(),
  model: z.string(),
  simulated: z.boolean(),
  trials: z.array(Trial),
})
export type Report = z.output<typeof Report>

const percent = ({ value, low, high }: Interval): string =>
  `${(value * 100).toFixed(0)} % (${(low * 100).toFixed(0)} to ${(high * 100).toFixed(0)})`

function figure({ value, low, high }: Interval, unit: string, digits: number): string {
  const range = Number.isFinite(low) ? ` (${Math.max(0, low).toFixed(digits)} to ${high.toFixed(digits)})` : ''
  return `${value.toFixed(digits)} ${unit}${range}`
}

/** For people; intervals are of 95 %. */
export function render({ model, simulated, trials }: Report): string {
  const passed = trials.filter(trial => trial.passed).length
  const kinds = [...new Set(trials.map(({ kind }) => kind))]
  const rows = trials.map(({ task, passed, status, seconds, costMicros, why }) =>
    `${passed ? '✔' : '✖'} ${task.padEnd(20)} ${status.toLowerCase().padEnd(10)} ${seconds.toFixed(0).padStart(4)} s  $${(costMicros / 1e6).toFixed(4)}  ${why.split('\n')[0]?.slice(0, 90) ?? ''}`.trimEnd(),
  )
  const byKind = kinds.map(kind => {
    const own = trials.filter(trial => trial.kind === kind)
    return `  ${kind.padEnd(9)} ${own.filter(trial => trial.passed).length} of ${own.length}`
  })
  return [
    ...rows,
    '',
    `${model}${simulated ? ' (simulated: this says nothing of any real model)' : ''}`,
    `passed    ${passed} of ${trials.length}: ${percent(wilson(passed, trials.length))}`,
    ...byKind,
    `cost      ${figure(mean(trials.map(({ costMicros }) => costMicros / 1e6)), 'dollars a task', 4)}`,
    `time      ${figure(mean(trials.map(({ seconds }) => seconds)), 's a task', 1)}`,
  ].join('\n')
}

/** What is different now; the difference counts as one only where the intervals of the pass rates do not overlap. */
export function compare(before: Report, now: Report): string {
  const rate = ({ trials }: Report, task?: string) => {
    const own = trials.filter(trial => task === undefined || trial.task === task)
    return wilson(own.filter(trial => trial.passed).length, own.length)
  }
  const [old, fresh] = [rate(before), rate(now)]
  const apart = old.high < fresh.low || fresh.high < old.low
  const tasks = [...new Set(now.trials.map(({ task }) => task))].filter(task =>
    before.trials.some(one => one.task === task),
  )
  const changed = tasks.flatMap(task => {
    const [was, is] = [rate(before, task).value, rate(now, task).value]
    return was === is ? [] : [`  ${task}: ${(was * 100).toFixed(0)} % → ${(is * 100).toFixed(0)} %`]
  })
  return [
    `against ${before.model} of ${before.at}: ${percent(old)} → ${percent(fresh)}${apart ? '' : ', which may be chance'}`,
    ...changed,
  ].join('\n')
}
