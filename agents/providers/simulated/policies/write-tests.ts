/** Writes the examples of the objective down as tests. Where the objective has none, failing tests that exist serve as they are. */
import type { Json } from '../../../../domain/json.ts'
import type { Conversation, Exchange } from '../conversation.ts'
import { type Example, examplesIn } from '../example-in-text.ts'
import { ask, type Ending, type Move, type Policy } from '../policy.ts'
import { readTestOutcome, type TestOutcome } from '../repair/failures.ts'
import { isTestFile } from '../repair/source-code.ts'
import { look, readAll, type View } from '../repository-view.ts'
import { objectiveOf } from './describe.ts'

type Steps<T> = Generator<Move, T, readonly Exchange[]>
export type Written = { path: string; content: string; examples: readonly Example[] }

export function* writeTests(conversation: Conversation): Policy {
  const before = readTestOutcome((yield* ask('I run the tests as they are.', 'run_tests')).text)
  const examples = examplesIn(objectiveOf(conversation))
  if (before.failed > 0) return existing(before)
  if (examples.length === 0) return nothing()
  const written = yield* writeExamples(examples)
  if (written.length === 0)
    return { say: 'I found none of the functions that the examples call. I wrote nothing.', submit: null }
  const after = readTestOutcome((yield* ask('I run the tests with the new ones.', 'run_tests')).text)
  return summary(written, before, after)
}

const nothing = (): Ending => ({
  say: 'The objective holds no example of the form "call should be value", and no test fails. A simulated model cannot work out what to test. I wrote nothing.',
  submit: null,
})

function existing(outcome: TestOutcome): Ending {
  const cases = outcome.failures.map(({ name, place }) => ({
    name,
    file: place?.file ?? null,
    expected: 'It passes once the fault is mended.',
    status: 'written',
    outcome: 'fails',
  }))
  return plan(
    'Failing tests that exist',
    `${outcome.failed} tests fail already and show the fault: none has to be added.`,
    cases,
    outcome,
  )
}

export function* writeExamples(examples: readonly Example[]): Steps<Written[]> {
  const view = yield* look('I look at what is there.')
  const names = [...new Set(examples.map(({ name }) => name.split('.')[0] ?? name))]
  const written: Written[] = []
  for (const name of names) {
    const found = yield* ask(`I look for ${name}.`, 'search', { pattern: `(function|const|def|class) ${name}\\b` })
    const place = definitionIn(found.text)
    if (found.isError || place === null) continue
    yield* readAll(view, 'I read where it is defined, and a test as a model.', [place, ...modelTests(view, place)])
    const made = testOf(
      name,
      place,
      examples.filter(one => one.name.split('.')[0] === name),
      view,
    )
    const wrote = yield* ask(`I write ${made.path}.`, 'write', { path: made.path, content: made.content })
    if (!wrote.isError) written.push(made)
  }
  return written
}

function definitionIn(found: string): string | null {
  const places = [...found.matchAll(/^([^\s:]+\.(?:[cm]?[jt]sx?|py)):\d+:/gm)].map(([, path = '']) => path)
  return places.find(path => !isTestFile(path)) ?? null
}

const extensionOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1)
const modelTests = ({ paths }: View, place: string): string[] =>
  paths
    .filter(path => isTestFile(path) && extensionOf(path) === extensionOf(place) && !path.endsWith('__init__.py'))
    .slice(0, 1)

/** In the folder and the manner of the tests that exist. */
function testOf(name: string, place: string, examples: readonly Example[], view: View): Written {
  const [model] = modelTests(view, place)
  const folder = model === undefined ? 'test' : model.split('/').slice(0, -1).join('/')
  const like = model === undefined ? '' : (view.files.get(model) ?? '')
  const isPython = extensionOf(place) === 'py'
  const file = isPython ? `test_${snake(name)}_examples.py` : `${kebab(name)}-examples.test.${extensionOf(place)}`
  const path = folder === '' ? file : `${folder}/${file}`
  return {
    path,
    examples,
    content: isPython ? pythonTest(name, place, examples, like) : scriptTest(name, { place, path }, examples, like),
  }
}

const kebab = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase()
const snake = (name: string): string => kebab(name).replaceAll('-', '_')

function scriptTest(
  name: string,
  { place, path }: { place: string; path: string },
  examples: readonly Example[],
  like: string,
): string {
  const up = path
    .split('/')
    .slice(0, -1)
    .map(() => '..')
  const specifier = `${up.length === 0 ? '.' : up.join('/')}/${place}`
  const isVitest = /from ['"]vitest['"]/.test(like)
  const isCommonJs = /\brequire\(/.test(like) && !/^import /m.test(like)
  const load = (names: string, from: string) =>
    isCommonJs ? `const ${names} = require('${from}')` : `import ${names} from '${from}'`
  const head = isVitest
    ? [load('{ expect, test }', 'vitest')]
    : [load('assert', 'node:assert/strict'), load('{ test }', 'node:test')]
  const tests = examples.map(({ call, expected }) => {
    const check = isVitest
      ? `expect(await ${call}).toEqual(${expected})`
      : `assert.deepEqual(await ${call}, ${expected})`
    return `\ntest(${JSON.stringify(`${call} is ${expected}`)}, async () => {\n  ${check}\n})`
  })
  return `${[...head, load(`{ ${name} }`, specifier), ...tests].join('\n')}\n`
}

function pythonTest(name: string, place: string, examples: readonly Example[], like: string): string {
  const module = place
    .replace(/^src\//, '')
    .replace(/(\/__init__)?\.py$/, '')
    .replaceAll('/', '.')
  const isPytest = !/unittest/.test(like) && like !== ''
  const load = `from ${module} import ${name}`
  if (isPytest)
    return `${load}\n${examples.map(({ call, expected }, index) => `\n\ndef test_${snake(name)}_${index + 1}():\n    assert ${call} == ${expected}\n`).join('')}`
  const methods = examples.map(
    ({ call, expected }, index) =>
      `    def test_${snake(name)}_${index + 1}(self):\n        self.assertEqual(${call}, ${expected})\n`,
  )
  return `import unittest\n\n${load}\n\n\nclass ${name[0]?.toUpperCase()}${name.slice(1)}Examples(unittest.TestCase):\n${methods.join('\n')}`
}

function summary(written: readonly Written[], before: TestOutcome, after: TestOutcome): Ending {
  const count = after.passed + after.failed - before.passed - before.failed
  if (!after.ran || count <= 0) return { say: 'The tests that I wrote do not run. I submit nothing.', submit: null }
  const shows = after.failed > 0 ? ', which shows the fault' : ''
  const say = `I wrote ${count} tests of the examples in the objective: ${after.failed} of them fail${shows}.`
  const cases = written.flatMap(({ path, examples }) =>
    examples.map(({ call, expected }) => ({
      name: `${call} is ${expected}`,
      file: path,
      expected,
      status: 'written',
      outcome: after.failed === 0 ? 'passes' : 'fails',
    })),
  )
  return plan('Tests of the examples in the objective', say, cases, after)
}

/** A TestPlan, and what a ChangeSummary needs: whichever is asked for takes what it knows. */
function plan(title: string, say: string, cases: readonly { [key: string]: Json }[], outcome: TestOutcome): Ending {
  const [first] = outcome.failures
  const body = {
    summary: say,
    cases: [...cases],
    reproduces:
      first === undefined ? null : { test: first.name, failure: first.message.trim().slice(0, 4_000) || 'It fails.' },
    notCovered: ['Cases of which the objective gives no example.'],
    verified: [{ what: `${outcome.passed} tests pass, ${outcome.failed} fail`, how: 'run_tests' }],
    notVerified: ['Cases of which the objective gives no example.'],
    testsAdded: cases.map(({ name }) => name ?? ''),
  }
  return { say, submit: { title, body } }
}
