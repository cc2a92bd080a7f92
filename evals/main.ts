/**
 * `npm run evals -- --model <id> [--simulate] [--tasks a,b] [--runs n] [--compare report.json] [--save report.json]
 * [--url <address> --key <key>]`: gives tasks to the team and checks what comes back.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { testSandbox } from '../agents/sandbox/testing.ts'
import { createToolbox } from '../agents/sandboxed/toolbox.ts'
import { createApi } from './api.ts'
import { compare, Report, render, type Trial } from './report.ts'
import { startServer } from './server.ts'
import { readTasks } from './task.ts'
import { tryTask } from './trial.ts'

const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    simulate: { type: 'boolean', default: false },
    tasks: { type: 'string' },
    runs: { type: 'string', default: '1' },
    compare: { type: 'string' },
    save: { type: 'string' },
    url: { type: 'string' },
    key: { type: 'string' },
  },
})

async function main(): Promise<void> {
  const { model, tasks, runs, url, key } = values
  const chosen = model ?? (values.simulate ? 'simulated/careful' : null)
  if (chosen === null)
    throw new Error('name a model with --model, such as anthropic/claude-sonnet-4-5, or add --simulate')
  const simulated = chosen.startsWith('simulated/')
  if (simulated && !values.simulate)
    throw new Error(`${chosen} is no real model: add --simulate if that is what you want`)
  const wanted = readTasks(tasks?.split(',') ?? null)
  const before = values.compare === undefined ? null : readReport(values.compare)
  const times = Math.max(1, Number.parseInt(runs, 10) || 1)
  const server = url === undefined ? await startServer(chosen) : { url, key: key ?? '', close: async () => {} }
  // Whoever ends this must not leave a server behind.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => server.close().finally(() => process.exit(130)))
  const trials: Trial[] = []
  try {
    const rig = { api: createApi(server), sandbox: testSandbox(), toolbox: createToolbox(), simulated }
    for (const task of Array.from({ length: times }, () => wanted).flat()) {
      const trial = await tryTask(rig, task)
      trials.push(trial)
      process.stderr.write(`${trial.passed ? '✔' : '✖'} ${task.name} (${trial.seconds.toFixed(0)} s)\n`)
    }
  } finally {
    await server.close()
  }
  const report: Report = { version: 1, at: new Date().toISOString(), model: chosen, simulated, trials }
  const path =
    values.save ?? fileURLToPath(new URL(`../.orrery/evals/${report.at.replaceAll(':', '-')}.json`, import.meta.url))
  writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`)
  process.stdout.write(`${render(report)}\n${before === null ? '' : `${compare(before, report)}\n`}saved as ${path}\n`)
}

const readReport = (path: string): Report => Report.parse(JSON.parse(readFileSync(path, 'utf8')))

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
})
