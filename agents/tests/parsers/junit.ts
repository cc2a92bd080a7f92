/** JUnit's form as pytest writes it; lines count from 0 there. */
import { XMLParser } from 'fast-xml-parser'
import { z } from 'zod'
import { placeInStack, type ToldCase } from '../cases.ts'
import { type Parser, string } from './told.ts'

const lists = ['testsuite', 'testcase', 'failure', 'error']
const xml = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  textNodeName: 'text',
  parseAttributeValue: false,
  isArray: name => lists.includes(name),
})

const Message = z.union([
  z.string().transform(text => ({ text, message: '' })),
  z.object({ message: z.string().default(''), text: z.coerce.string().default('') }),
])
const Case = z.object({
  name: z.string(),
  classname: z.string().default(''),
  file: string,
  line: z.coerce.number().int().nullish().catch(null),
  time: z.coerce.number().catch(0),
  failure: z.array(Message).nullish().catch(null),
  error: z.array(Message).nullish().catch(null),
  skipped: z.unknown().optional(),
})
const Suite = z.object({ testcase: z.array(z.unknown()).default([]) })
const Report = z.union([
  z.object({ testsuites: z.object({ testsuite: z.array(Suite) }) }).transform(({ testsuites }) => testsuites.testsuite),
  z.object({ testsuite: z.array(Suite) }).transform(({ testsuite }) => testsuite),
])

export const parseJUnit: Parser = text => {
  const suites = Report.safeParse(tryXml(text))
  if (!suites.success) return null
  return suites.data.flatMap(({ testcase }) =>
    testcase.flatMap(candidate => {
      const test = Case.safeParse(candidate)
      return test.success ? [toldBy(test.data)] : []
    }),
  )
}

function toldBy({ name, classname, file, line, time, failure, error, skipped }: z.infer<typeof Case>): ToldCase {
  const own = typeof line === 'number' ? line + 1 : null
  const told = { name, suite: classname, file, durationMs: time * 1_000 }
  const fault = failure?.[0] ?? error?.[0]
  if (fault === undefined) return { ...told, line: own, status: skipped === undefined ? 'passed' : 'skipped' }
  const message = `${fault.message}\n${fault.text}`.trim()
  return { ...told, line: placeInStack(message, file) ?? own, status: 'failed', message }
}

function tryXml(text: string): unknown {
  try {
    return xml.parse(text)
  } catch {
    return undefined
  }
}
