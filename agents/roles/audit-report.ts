/** Gathers what the tasks of an audit left into one report: findings ranked and deduplicated, and what was not checked. */
import { z } from 'zod'
import { OrreryError } from '../../domain/errors.ts'
import type { Agent, TaskContext, TaskResult } from '../../domain/ports.ts'
import { auditOf } from '../report/audit.ts'
import { collect } from '../report/collect.ts'
import { toMarkdown } from '../report/markdown.ts'
import { attempt } from '../sandboxed/attempt.ts'

const names = z.array(z.string()).nullish().catch(null)
const Input = z.object({ analyzers: names, testRunners: names }).catch({ analyzers: null, testRunners: null })

export function auditReport(): Agent {
  return {
    name: 'audit.report',
    title: 'Report',
    description:
      'Gathers all reports of an audit into one, as Markdown and as JSON: ranked, deduplicated, with what was not checked and why.',
    capabilities: ['report'],
    workerClass: 'light',
    produces: ['AuditReport', 'Markdown'],
    run: context => attempt(context, () => writeReport(context)),
  }
}

async function writeReport(context: TaskContext): Promise<TaskResult> {
  const { analyzers = null, testRunners = null } = Input.parse(context.input)
  const collected = await collect(context)
  if (collected.repository === null) {
    throw new OrreryError('BAD_INPUT', 'there is nothing to report on: no repository was checked out', {
      hint: 'Look at the checkout.',
    })
  }
  const report = auditOf(collected.repository, collected, { analyzers, testRunners })
  context.output(`${report.summary}\n`)
  return {
    ok: true,
    output: { summary: report.summary, ...report.counts },
    artifacts: [
      { kind: 'Markdown', title: 'Audit', mediaType: 'text/markdown', body: toMarkdown(report) },
      { kind: 'AuditReport', title: 'Audit', mediaType: 'application/json', body: JSON.stringify(report) },
    ],
  }
}
