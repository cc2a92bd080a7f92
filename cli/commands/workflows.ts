import { type Context, type FormatOptions, formatOf } from '../context.ts'
import { type ExitCode, exitCodes } from '../exit.ts'
import { count, oneLine } from '../format.ts'
import { graphql } from '../gql/gql.ts'

const ListWorkflows = graphql(`
  query ListWorkflows {
    workflows { name version title description steps { key } variables { name type description required default } }
  }
`)

/** `orrery workflows`: what can be run, and what it takes. */
export async function workflows(context: Context, options: FormatOptions): Promise<ExitCode> {
  const found = (await context.client().query(ListWorkflows, {})).workflows
  const { out } = context.terminal
  const { bold, dim } = out.style
  const format = formatOf(options)
  if (format === 'json') await out.line(JSON.stringify(found, null, 2))
  for (const workflow of found) {
    if (format === 'jsonl') await out.line(JSON.stringify(workflow))
    if (format !== 'text') continue
    await out.line(
      `${bold(workflow.name)}  ${workflow.title}  ${dim(`version ${workflow.version}, ${count(workflow.steps.length, 'step')}`)}`,
    )
    await out.line(`  ${oneLine(workflow.description)}`)
    const column = Math.max(0, ...workflow.variables.map(({ name }) => name.length))
    for (const { name, type, description, required, default: fallback } of workflow.variables) {
      const note = required ? 'required' : fallback === null ? 'optional' : `default ${JSON.stringify(fallback)}`
      await out.line(`  ${name.padEnd(column)}  ${dim(`${type}, ${note}`)}  ${oneLine(description)}`)
    }
    await out.line()
  }
  return exitCodes.ok
}
