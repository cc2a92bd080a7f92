/**
 * Makes failing tests pass by small changes, one at a time: each is tried, kept if more tests pass and none fails that
 * passed before, and taken back otherwise. Tests are never changed. Where nothing helps, it says so and submits nothing.
 */
import type { Call, Conversation, Exchange } from '../conversation.ts'
import { examplesIn } from '../example-in-text.ts'
import { ask, type Ending, type Move, type Policy } from '../policy.ts'
import { type Candidate, candidatesFor } from '../repair/candidates.ts'
import { readTestOutcome, type TestOutcome } from '../repair/failures.ts'
import { isTestFile, languageOf, readSource, type SourceFile } from '../repair/source-code.ts'
import { look, readAll, readImports, uniqueEdit, type View } from '../repository-view.ts'
import { objectiveOf } from './describe.ts'
import { writeExamples } from './write-tests.ts'

type Change = { path: string; line: number; operator: string; before: string; after: string; fitting: boolean }
type Steps<T> = Generator<Move, T, readonly Exchange[]>

export type FixOptions = {
  /** Changes that are tried before it gives up. */
  trials: number
  /** Draws among changes that are equally likely. */
  seed: number
}

export function* fix(conversation: Conversation, options: FixOptions): Policy {
  const found = readTestOutcome((yield* ask('I run the tests to see what fails.', 'run_tests')).text)
  if (!found.ran)
    return gaveUp('The tests could not be run, so nothing could be worked out from them. I changed nothing.')
  const before = found.failed > 0 ? found : yield* failingExamples(conversation, found)
  if (before.failed === 0)
    return gaveUp(
      'No test fails. A simulated model works from failing tests, or from examples such as "f(1) should be 2"; it finds neither here, so there is nothing that it can do.',
    )
  const { changes, outcome, tried } = yield* repair(before, options)
  if (outcome.failed > 0)
    return gaveUp(
      `I tried ${tried} small changes and ${outcome.failed} of ${outcome.failed + outcome.passed} tests still fail. A simulated model can do no more; what it tried has been taken back where it did not help.`,
    )
  return summary(before, outcome, changes, tried)
}

/** The examples of the objective as tests, where no test fails yet. */
function* failingExamples(conversation: Conversation, passing: TestOutcome): Steps<TestOutcome> {
  const written = yield* writeExamples(examplesIn(objectiveOf(conversation)))
  if (written.length === 0) return passing
  return readTestOutcome((yield* ask('I run the tests with the new ones.', 'run_tests')).text)
}

const gaveUp = (say: string): Ending => ({ say, submit: null })

/** Of the trials, for one change that mends everything; the rest is for a second one. */
const firstShare = 0.7

type Repair = { changes: Change[]; outcome: TestOutcome; tried: number }

function* repair(first: TestOutcome, { trials, seed }: FixOptions): Steps<Repair> {
  const view = yield* look('I look at what is there.')
  const changes: Change[] = []
  let outcome = first
  let tried = 0
  while (outcome.failed > 0 && tried < trials) {
    yield* readConcerned(view, outcome)
    const found = yield* tryAll(
      view,
      outcome,
      orderedBy(candidatesOf(view, outcome), seed),
      Math.ceil((trials - tried) * firstShare),
    )
    tried += found.tried
    if (found.change === null) break
    changes.push(found.change)
    outcome = found.outcome
  }
  return { changes, outcome, tried }
}

function* readConcerned(view: View, { failures }: TestOutcome): Steps<void> {
  const places = failures.flatMap(({ place, stack }) => [...(place === null ? [] : [place]), ...stack])
  const named = [...new Set(places.map(({ file }) => file))].filter(file => languageOf(file) !== null)
  // A runner that tells no file leaves the tests to be found by their names.
  const tests = named.some(isTestFile)
    ? named
    : [...named, ...view.paths.filter(path => isTestFile(path) && languageOf(path) !== null).slice(0, 8)]
  yield* readAll(view, 'I read the tests that fail, and what their messages name.', tests)
  yield* readImports(view, tests)
}

function candidatesOf(view: View, outcome: TestOutcome): Candidate[] {
  const sources = [...view.files].flatMap(([path, text]) => readSource(path, text) ?? [])
  const [tests, product]: [SourceFile[], SourceFile[]] = [
    sources.filter(({ path }) => isTestFile(path)),
    sources.filter(({ path }) => !isTestFile(path)),
  ]
  return candidatesFor(product, tests, outcome.failures)
}

/** Equal scores in an order of the seed's own. */
const orderedBy = (candidates: readonly Candidate[], seed: number): Candidate[] =>
  candidates
    .map((candidate, index) => ({ candidate, draw: mixed(seed, index) }))
    .toSorted((left, right) => right.candidate.score - left.candidate.score || left.draw - right.draw)
    .map(({ candidate }) => candidate)

const mixed = (seed: number, index: number): number => Math.imul(seed ^ (index + 1), 0x9e3779b1) >>> 0

type Found = { change: Change | null; outcome: TestOutcome; tried: number }
/** Which tests show whether a change helped, and what they say now. */
type Gauge = { input: Call['input']; partial: boolean; before: TestOutcome }

/** Seconds after which a change is taken for one that loops for ever: with some tests, and with all of them. */
const patience = { some: 20, all: 120 }
/** Once a fitted value mends everything: how many more general changes are tried, and how likely they must be beside it. */
const general = { most: 8, share: 0.4 }

function* tryAll(view: View, whole: TestOutcome, candidates: readonly Candidate[], most: number): Steps<Found> {
  const gauge = yield* gaugeFor(whole)
  // The change to be taken back goes together with the next one: a turn costs more than a call.
  let back: readonly Call[] = []
  let partial: Candidate | null = null
  let fitted: { candidate: Candidate; outcome: TestOutcome; at: number } | null = null
  let tried = 0
  for (const candidate of candidates) {
    if (fitted === null ? tried >= most : isEnough(candidate, fitted, tried)) break
    if (fitted !== null && candidate.fitting) continue
    tried += 1
    const edit = editOf(view, candidate)
    const replace = (old: string, by: string): Call => ({ name: 'edit', input: { path: candidate.path, old, new: by } })
    const answers = yield {
      say: `Line ${candidate.line + 1} of ${candidate.path} may be wrong (${candidate.operator}): I try \`${candidate.text.trim()}\`.`,
      calls: [...back, replace(edit.old, edit.new), { name: 'run_tests', input: gauge.input }],
    }
    const [edited, ran] = answers.slice(back.length)
    if (edited?.isError === true && /used up/.test(edited.text)) break
    back = edited === undefined || edited.isError ? [] : [replace(edit.new, edit.old)]
    if (back.length === 0) continue
    const after = yield* confirmed(gauge, readTestOutcome(ran?.text ?? ''), whole)
    if (after?.failed === 0 && !candidate.fitting) return kept(view, candidate, { outcome: after, tried })
    if (after?.failed === 0) fitted = { candidate, outcome: after, at: tried }
    else if (after !== null) partial ??= candidate
  }
  if (back.length > 0) yield { say: 'None of this is enough: I take the last one back.', calls: back }
  const chosen = fitted?.candidate ?? partial
  if (chosen === null) return { change: null, outcome: whole, tried }
  const edit = editOf(view, chosen)
  // Where nothing mends all of it, there may be two faults: what mended one of them is kept.
  const say = fitted === null ? 'This mended some of it.' : 'Nothing more general mends it: I keep the value that does.'
  yield* ask(say, 'edit', { path: chosen.path, old: edit.old, new: edit.new })
  const outcome = readTestOutcome((yield* ask('I run all tests.', 'run_tests')).text)
  return kept(view, chosen, { outcome, tried })
}

const isEnough = (candidate: Candidate, fitted: { candidate: Candidate; at: number }, tried: number): boolean =>
  tried - fitted.at >= general.most || candidate.score < fitted.candidate.score * general.share

const editOf = (view: View, { path, line, text }: Candidate): { old: string; new: string } =>
  uniqueEdit(view.files.get(path) ?? '', line, text)

function kept(view: View, candidate: Candidate, found: { outcome: TestOutcome; tried: number }): Found {
  const text = view.files.get(candidate.path) ?? ''
  view.files.set(candidate.path, text.split('\n').with(candidate.line, candidate.text).join('\n'))
  return { ...found, change: changeOf(candidate, text) }
}

/**
 * Only the files with failing tests while it tries, where the runner tells them: that is several times as fast. So is
 * naming the runner, which then is not looked for each time.
 */
function* gaugeFor(whole: TestOutcome): Steps<Gauge> {
  const files = [...new Set(whole.failures.map(({ place }) => place?.file ?? ''))]
  const [runner, ...others] = whole.runners
  const named = runner === undefined || others.length > 0 ? {} : { runner }
  const all = { input: { ...named, timeoutSeconds: patience.all }, partial: false, before: whole }
  if (files.includes('') || files.length === 0 || files.length > 5) return all
  const input = { ...named, files, timeoutSeconds: patience.some }
  const before = readTestOutcome((yield* ask('I look at the failing ones alone.', 'run_tests', input)).text)
  return before.ran && before.failed === whole.failed ? { input, partial: true, before } : all
}

/** What all tests say, if they too are better than before; null otherwise. */
function* confirmed(gauge: Gauge, after: TestOutcome, whole: TestOutcome): Steps<TestOutcome | null> {
  if (!isBetter(gauge.before, after)) return null
  if (!gauge.partial) return after
  const all = readTestOutcome((yield* ask('That helped: I run all tests.', 'run_tests')).text)
  return isBetter(whole, all) ? all : null
}

/** Fewer tests fail, as many run, and none fails that did not fail before. */
function isBetter(before: TestOutcome, after: TestOutcome): boolean {
  const failedBefore = new Set(before.failures.map(({ name }) => name))
  return (
    after.ran &&
    after.failed < before.failed &&
    after.passed + after.failed >= before.passed + before.failed &&
    after.failures.every(({ name }) => failedBefore.has(name))
  )
}

const changeOf = ({ path, line, operator, text, fitting }: Candidate, before: string): Change => ({
  path,
  fitting,
  line: line + 1,
  operator,
  before: (before.split('\n')[line] ?? '').trim(),
  after: text.trim(),
})

function summary(before: TestOutcome, after: TestOutcome, changes: readonly Change[], tried: number): Ending {
  const names = before.failures.map(({ name }) => name)
  const said = `All ${after.passed} tests pass after ${changes.length === 1 ? 'one small change' : `${changes.length} small changes`}.`
  return {
    say: said,
    submit: {
      title: titleFor(names),
      body: {
        summary: `${titleFor(names)}\n\n${said} ${tried} were tried; whether this is what was meant, a person should judge.`,
        changes: changes.map(one => ({ file: one.path, what: told(one) })),
        verified: [{ what: `${after.passed} tests pass and none fails`, how: 'run_tests' }],
        notVerified: [
          'Cases that no test covers.',
          ...(changes.some(one => one.fitting)
            ? ['Whether the new value is right, or only the one that the tests expect.']
            : []),
          'That the change is what was meant, and not only what the tests ask for.',
        ],
        testsAdded: [],
      },
    },
  }
}

/** A line of at most 72 characters. */
function titleFor([first = '', ...rest]: readonly string[]): string {
  const name = first.split(' > ').at(-1) ?? ''
  const shown = name.length > 44 ? `${name.slice(0, 43)}…` : name
  return `Make the test "${shown}" pass${rest.length > 0 ? ` and ${rest.length} more` : ''}`
}

const told = ({ line, before, after, operator }: Change): string =>
  `Line ${line} (${operator}): \`${before}\` became \`${after === '' ? 'nothing' : after}\``
