/** The results of each runner, in its own words, as test cases. All of it was written by what was tested: nothing is believed. */
import { XMLParser } from 'fast-xml-parser'
import { z } from 'zod'
import type { TestCase } from '../../domain/artifact.ts'
import { placeInStack, type ToldCase, toCase } from './cases.ts'
import type { RunnerName } from './detect.ts'

/** The cases in what a runner wrote; null where that is nothing that the runner writes. */
export function parseResults(runner: RunnerName, text: string): TestCase[] | null {
  const told = parsers[runner](text)
  return told === null ? null : told.map(toCase)
}

type Parser = (text: string) => ToldCase[] | null

const status = z.enum(['passed', 'failed', 'skipped'])
const number = z.number().nullish().catch(null)
const string = z.string().nullish().catch(null)

const Line = z.object({
  name: z.string(),
  suite: string,
  file: string,
  line: number,
  status,
  durationMs: number,
  message: string,
})
const NodeLine = Line.extend({ nesting: z.number().int().min(0).max(1_000), group: z.boolean() })

/** Tests of a group are told before the group, one level deeper. */
const parseNode: Parser = text => {
  const lines = jsonLines(text, NodeLine)
  const cases: ToldCase[] = []
  const waiting: { nesting: number; told: ToldCase }[] = []
  for (const { group, nesting, ...line } of lines) {
    if (group) {
      for (const { nesting: depth, told } of waiting)
        if (depth > nesting) told.suite = told.suite ? `${line.name} › ${told.suite}` : line.name
    } else {
      const told: ToldCase = {
        ...line,
        line: line.status === 'failed' ? (placeInStack(line.message ?? '', line.file) ?? line.line) : line.line,
      }
      cases.push(told)
      waiting.push({ nesting, told })
    }
    if (nesting === 0) waiting.length = 0
  }
  return cases
}

const JestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: string,
      assertionResults: z.array(
        z.object({
          title: z.string(),
          ancestorTitles: z.array(z.string()).catch([]),
          status: z.string(),
          duration: number,
          location: z.object({ line: z.number() }).nullish().catch(null),
          failureMessages: z.array(z.string()).nullish().catch(null),
        }),
      ),
    }),
  ),
})

/** Jest's form, which vitest writes too. A file that could not be loaded has no tests, only a message. */
const parseJest: Parser = text => {
  const parsed = JestReport.safeParse(tryJson(text))
  if (!parsed.success) return null
  return parsed.data.testResults.flatMap(({ name: file, status, message, assertionResults }): ToldCase[] => {
    if (assertionResults.length === 0 && status === 'failed')
      return [{ name: 'the file could not be loaded', file, line: 1, status: 'failed', message }]
    return assertionResults.map(test => {
      const said = (test.failureMessages ?? []).join('\n')
      return {
        name: test.title,
        suite: test.ancestorTitles.join(' › '),
        file,
        line: placeInStack(said, file) ?? test.location?.line,
        status: test.status === 'passed' || test.status === 'failed' ? test.status : 'skipped',
        durationMs: test.duration,
        message: said,
      }
    })
  })
}

const parseLines: Parser = text =>
  jsonLines(text, Line).map(line => ({
    ...line,
    line: line.status === 'failed' ? (placeInPython(line.message ?? '', line.file) ?? line.line) : line.line,
  }))

/** The last line of the test's own file in a traceback. */
function placeInPython(message: string, file: string | null | undefined): number | null {
  const places = [...message.matchAll(/File "([^"\n]+)", line (\d+)/g)].filter(
    ([, path = '']) => file && path.endsWith(file),
  )
  const last = places.at(-1)?.[2]
  return last === undefined ? null : Number(last)
}

const xml = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  textNodeName: 'text',
  processEntities: true,
  parseAttributeValue: false,
  isArray: name => ['testsuite', 'testcase', 'failure', 'error'].includes(name),
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
const JUnit = z.object({
  testsuites: z.object({ testsuite: z.array(Suite).default([]) }).optional(),
  testsuite: z.array(Suite).optional(),
})

/** JUnit's form as pytest writes it; lines count from 0 there. */
const parseJUnit: Parser = text => {
  const parsed = JUnit.safeParse(tryXml(text))
  if (!parsed.success) return null
  const suites = parsed.data.testsuites?.testsuite ?? parsed.data.testsuite
  if (suites === undefined) return null
  return suites
    .flatMap(suite => suite.testcase)
    .flatMap(candidate => {
      const test = Case.safeParse(candidate)
      if (!test.success) return []
      const { name, classname, file, line, time, failure, error, skipped } = test.data
      const fault = failure?.[0] ?? error?.[0]
      const said = fault === undefined ? '' : `${fault.message}\n${fault.text}`.trim()
      const own = line === null || line === undefined ? null : line + 1
      return [
        {
          name,
          suite: classname,
          file,
          line: fault === undefined ? own : (placeInStack(said, file) ?? own),
          status: fault !== undefined ? 'failed' : skipped !== undefined ? 'skipped' : 'passed',
          durationMs: time * 1_000,
          message: said,
        } satisfies ToldCase,
      ]
    })
}

const GoLine = z.object({
  Action: z.string(),
  Package: z.string().default(''),
  Test: z.string().optional(),
  Elapsed: number,
  Output: z.string().default(''),
})
const goEnds: Readonly<Record<string, TestCase['status']>> = { pass: 'passed', fail: 'failed', skip: 'skipped' }

/** `go test -json`: what a test printed comes before how it ended. A package that does not build fails without a test. */
const parseGo: Parser = text => {
  const outputs = new Map<string, string>()
  const withTests = new Set<string>()
  const cases: ToldCase[] = []
  const lines = jsonLines(text, GoLine)
  for (const { Action: action, Package: suite, Test: test, Elapsed: elapsed, Output: output } of lines) {
    const key = `${suite}\n${test ?? ''}`
    if (action === 'output') outputs.set(key, `${outputs.get(key) ?? ''}${output}`.slice(0, 8_000))
    const ended = goEnds[action]
    if (ended === undefined) continue
    if (test !== undefined) withTests.add(suite)
    if (test === undefined && (ended !== 'failed' || withTests.has(suite))) continue
    const message = ended === 'failed' ? (outputs.get(key) ?? '') : ''
    const place = /([\w./-]+_test\.go):(\d+)/.exec(message)
    cases.push({
      name: test ?? 'the package could not be built',
      suite,
      file: place?.[1],
      line: place === null ? null : Number(place[2]),
      status: ended,
      durationMs: (elapsed ?? 0) * 1_000,
      message,
    })
  }
  return lines.length === 0 ? null : cases
}

const parsers: { readonly [runner in RunnerName]: Parser } = {
  'node:test': parseNode,
  vitest: parseJest,
  jest: parseJest,
  npm: () => [],
  pytest: parseJUnit,
  unittest: parseLines,
  'go test': parseGo,
}

/** The lines that are what they should be; the last may be cut off where the runner was ended. */
function jsonLines<T extends z.ZodType>(text: string, schema: T): z.output<T>[] {
  return text.split('\n').flatMap(line => {
    const parsed = schema.safeParse(line.startsWith('{') ? tryJson(line) : undefined)
    return parsed.success ? [parsed.data] : []
  })
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function tryXml(text: string): unknown {
  try {
    return xml.parse(text)
  } catch {
    return undefined
  }
}
