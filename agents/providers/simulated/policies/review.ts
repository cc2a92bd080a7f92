/** Looks at the change and at the tests. It approves only a small change that leaves tests alone and with which all of them pass. */
import type { Conversation, Exchange } from '../conversation.ts'
import { ask, type Ending, type Move, type Policy } from '../policy.ts'
import { readTestOutcome, type TestOutcome } from '../repair/failures.ts'
import { isTestFile } from '../repair/source-code.ts'

type Steps<T> = Generator<Move, T, readonly Exchange[]>
export type Hunk = { file: string; line: number; removed: string[]; added: string[] }
type Remark = {
  file: string | null
  line: number | null
  rule: string
  message: string
  severity: 'error' | 'warning' | 'info'
}

/** Changed lines beyond which it does not trust itself to judge. */
const mostLines = 60

export function* review(conversation: Conversation): Policy {
  const diff = yield* findDiff(conversation)
  const outcome = conversation.tools.has('run_tests')
    ? readTestOutcome((yield* ask('I run the tests.', 'run_tests')).text)
    : readTestOutcome(conversation.task)
  const hunks = hunksOf(diff)
  const remarks = [...onTests(outcome, hunks), ...onChange(hunks)]
  return verdict(outcome, hunks, remarks)
}

/** From the task where it holds the change, else from git. */
function* findDiff({ task, tools }: Conversation): Steps<string> {
  if (hunksOf(task).length > 0) return task
  if (!tools.has('git_diff')) return ''
  const base = /\bbase\W{1,12}(?:commit\W{1,6})?([0-9a-f]{7,40})\b/i.exec(task)?.[1]
  const shown = yield* ask('I read the change.', 'git_diff', base === undefined ? {} : { from: base })
  return shown.isError ? '' : shown.text
}

/** The hunks of a unified diff; other text is passed over. */
export function hunksOf(text: string): Hunk[] {
  const hunks: Hunk[] = []
  let file = ''
  for (const line of leftAligned(text)) {
    const header = /^\+\+\+ (?:b\/)?(\S+)/.exec(line)
    const place = /^@@ -\d+(?:,\d+)? \+(\d+)/.exec(line)
    const hunk = hunks.at(-1)
    if (line.startsWith('--- ')) {
      const removed = /^--- (?:a\/)?(\S+)/.exec(line)?.[1] ?? ''
      file = removed === '/dev/null' ? file : removed
    } else if (header) file = header[1] === '/dev/null' ? file : (header[1] ?? '')
    else if (place) hunks.push({ file, line: Number(place[1]), removed: [], added: [] })
    else if (hunk && line.startsWith('+')) hunk.added.push(line.slice(1))
    else if (hunk && line.startsWith('-')) hunk.removed.push(line.slice(1))
  }
  return hunks
}

/** The lines of a diff that may stand indented in a document. */
function leftAligned(text: string): string[] {
  const indent = /^( *)(?=diff --git |--- (?:a\/|\/dev\/null))/m.exec(text)?.[1]?.length ?? 0
  const start = text.search(/^ *(?:diff --git |--- (?:a\/|\/dev\/null))/m)
  if (start === -1) return []
  return text
    .slice(start)
    .split('\n')
    .map(line => (line.slice(0, indent).trim() === '' ? line.slice(indent) : ''))
}

function onTests(outcome: TestOutcome, hunks: readonly Hunk[]): Remark[] {
  const at = hunks[0] ?? { file: null, line: null }
  if (!outcome.ran)
    return [
      {
        file: at.file,
        line: at.line,
        rule: 'tests-not-run',
        message: 'The tests could not be run, so nothing shows that this works.',
        severity: at.file === null ? 'warning' : 'error',
      },
    ]
  return outcome.failures.map(({ name, place, message }) => ({
    file: place?.file ?? at.file,
    line: place?.line ?? at.line,
    rule: 'test-fails',
    message: `${name} fails: ${message.trim().split('\n')[0] ?? ''}`.slice(0, 500),
    severity: place === null && at.file === null ? ('warning' as const) : ('error' as const),
  }))
}

function onChange(hunks: readonly Hunk[]): Remark[] {
  if (hunks.length === 0)
    return [
      { file: null, line: null, rule: 'no-change', message: 'There is no change to review.', severity: 'warning' },
    ]
  const size = hunks.reduce((sum, { added, removed }) => sum + added.length + removed.length, 0)
  const weakened = hunks.filter(hunk => isTestFile(hunk.file) && weakens(hunk))
  const unsafe = hunks.flatMap(hunk => dangersIn(hunk))
  const [largest] = hunks.toSorted(
    (left, right) => right.added.length + right.removed.length - left.added.length - left.removed.length,
  )
  return [
    ...hunks.filter(({ file }) => !isTestFile(file)).flatMap(fittedIn),
    ...weakened.map(({ file, line }) => ({
      file,
      line,
      rule: 'test-weakened',
      message: 'An assertion was removed, or a test is skipped.',
      severity: 'error' as const,
    })),
    ...unsafe,
    ...(size > mostLines && largest !== undefined
      ? [
          {
            file: largest.file,
            line: largest.line,
            rule: 'too-large',
            message: `${size} lines changed; a simulated reviewer judges at most ${mostLines}.`,
            severity: 'error' as const,
          },
        ]
      : []),
  ]
}

const assertion = /\b(assert\w*|expect|should)\b/
const skipped = /\b(skip|todo|only|xit|xtest|xfail)\b/

const weakens = ({ removed, added }: Hunk): boolean =>
  removed.filter(line => assertion.test(line)).length > 0 || added.some(line => skipped.test(line))

function dangersIn({ file, line, added }: Hunk): Remark[] {
  const rules: readonly [RegExp, string, string][] = [
    [/\beval\(|new Function\(|\bexec\(/, 'code-from-text', 'Text is run as code.'],
    [
      /\b(password|secret|api_?key|token)\b\s*[:=]\s*['"][^'"]{6,}['"]/i,
      'secret',
      'This looks like a secret in the source.',
    ],
    [
      /\b(console\.log|debugger|print\(.*debug|TODO|FIXME)\b/,
      'left-over',
      'This looks like something that was left over.',
    ],
    [/catch\s*(\(\w*\))?\s*\{\s*\}|except[^:]*:\s*pass/, 'swallowed', 'An error is swallowed.'],
  ]
  return added.flatMap((text, offset) =>
    rules.flatMap(([pattern, rule, message]) =>
      pattern.test(text) && !isTestFile(file)
        ? [{ file, line: line + offset, rule, message, severity: 'error' as const }]
        : [],
    ),
  )
}

const literal = /(['"`]).*?\1|(?<![\w.])\d[\d_.]*/g

/** A line in which nothing but a literal is another one now: it may be the cause, or only what the tests expect. */
function fittedIn({ file, line, removed, added }: Hunk): Remark[] {
  if (removed.length !== added.length) return []
  return added.flatMap((text, offset) => {
    const before = removed[offset] ?? ''
    if (before === text || before.replace(literal, '_') !== text.replace(literal, '_')) return []
    const value = text.match(literal)?.find((one, index) => one !== before.match(literal)?.[index]) ?? ''
    const message = `Nothing but a literal changed, to ${value.slice(0, 60)}: it may only fit the value that a test expects.`
    return [{ file, line: line + offset, rule: 'literal-fitted', message, severity: 'info' as const }]
  })
}

const suggestions: Readonly<Record<string, string>> = {
  'test-fails': 'Mend the code rather than the test.',
  'test-weakened': 'Put the assertion back.',
  'literal-fitted': 'Let a person see whether the new value is right for cases that no test has.',
  'too-large': 'Split it, or let a person review it.',
}

function verdict(outcome: TestOutcome, hunks: readonly Hunk[], remarks: readonly Remark[]): Ending {
  const approve = remarks.every(({ severity }) => severity === 'info')
  const noted = remarks.map(({ message }) => ` But: ${message}`).join('')
  const say = approve
    ? `All ${outcome.passed} tests pass, the change is small and leaves the tests' assertions alone: I approve it.${noted}`.slice(
        0,
        1_000,
      )
    : `I ask for changes: ${remarks.map(({ message }) => message).join(' ')}`.slice(0, 1_000)
  return {
    say,
    submit: {
      title: approve ? 'Approved' : 'Changes are needed',
      body: {
        verdict: approve ? 'approve' : 'changes',
        summary: say,
        findings: remarks.map(({ rule, message, ...place }) => ({
          ...place,
          problem: `${message} (${rule})`,
          suggestion: suggestions[rule] ?? '',
        })),
        checked: [
          ...(outcome.ran ? [`The tests: ${outcome.passed} passed, ${outcome.failed} failed.`] : []),
          ...hunks.map(({ file, line }) => `${file}:${line}`).slice(0, 50),
        ],
        notChecked: ['The design and the intention of the change: a simulated reviewer understands neither.'],
      },
    },
  }
}
