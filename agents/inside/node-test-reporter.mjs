/** A reporter for `node --test`: one JSON object a line for each test that came to its end, as it does. */
import { relative } from 'node:path'

const mostMessage = 4_000

/** @param {AsyncIterable<{ type: string, data: any }>} events */
export default async function* report(events) {
  // What a file wrote while it could not be loaded is the only hint why.
  const written = new Map()
  for await (const { type, data } of events) {
    if (type === 'test:stderr')
      written.set(data.file, `${written.get(data.file) ?? ''}${data.message}`.slice(-mostMessage))
    if (type !== 'test:pass' && type !== 'test:fail') continue
    const { name, file, line, details, skip, todo, nesting } = data
    // A file and a group of tests end too; what they say their tests have said.
    const group = details?.type === 'suite' || details?.error?.failureType === 'subtestsFailed'
    yield `${JSON.stringify({
      name,
      nesting,
      group,
      file: file === undefined ? null : relative(process.cwd(), file),
      line: line ?? null,
      status: skip !== undefined || todo !== undefined ? 'skipped' : type === 'test:pass' ? 'passed' : 'failed',
      durationMs: details?.duration_ms ?? null,
      message: `${messageOf(details?.error)}${name === file || file?.endsWith(`/${name}`) ? `\n${written.get(file) ?? ''}` : ''}`,
    })}\n`
  }
}

/** @param {{ cause?: { stack?: string, message?: string }, stack?: string, message?: string } | undefined} error */
function messageOf(error) {
  if (error === undefined) return ''
  const cause = error.cause ?? error
  return String(cause?.stack ?? cause?.message ?? cause).slice(0, mostMessage)
}
