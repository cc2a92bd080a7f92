/** Jest's form, which vitest writes too. A file that could not be loaded has no tests, only a message. */
import { z } from 'zod'
import { placeInStack, type ToldCase } from '../cases.ts'
import { number, type Parser, string, tryJson } from './told.ts'

const Assertion = z.object({
  title: z.string(),
  ancestorTitles: z.array(z.string()).catch([]),
  status: z.string(),
  duration: number,
  location: z.object({ line: z.number() }).nullish().catch(null),
  failureMessages: z.array(z.string()).nullish().catch(null),
})
const Report = z.object({
  testResults: z.array(
    z.object({ name: z.string(), status: z.string(), message: string, assertionResults: z.array(Assertion) }),
  ),
})

export const parseJest: Parser = text => {
  const parsed = Report.safeParse(tryJson(text))
  if (!parsed.success) return null
  return parsed.data.testResults.flatMap(({ name: file, status, message, assertionResults }): ToldCase[] => {
    if (assertionResults.length > 0 || status !== 'failed') return assertionResults.map(test => toldBy(test, file))
    return [{ name: 'the file could not be loaded', file, line: 1, status, message }]
  })
}

function toldBy(test: z.infer<typeof Assertion>, file: string): ToldCase {
  const message = (test.failureMessages ?? []).join('\n')
  return {
    name: test.title,
    suite: test.ancestorTitles.join(' › '),
    file,
    line: placeInStack(message, file) ?? test.location?.line,
    status: test.status === 'passed' || test.status === 'failed' ? test.status : 'skipped',
    durationMs: test.duration,
    message,
  }
}
