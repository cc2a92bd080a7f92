/** What a run of tests says, read from the text that the tool shows. */

export type Place = { file: string; line: number }
export type TestFailure = {
  name: string
  place: Place | null
  message: string
  /** Places that the message names, the innermost first. */
  stack: readonly Place[]
}
export type TestOutcome = {
  ran: boolean
  passed: number
  failed: number
  failures: readonly TestFailure[]
  runners: readonly string[]
}

const summary = /^(\d+) passed, (\d+) failed, \d+ skipped\b(?: \((.+)\))?/gm
/** A run that was cut short says nothing about what it did not come to. */
const cutShort = /^(The tests did not end in time|The runner failed)/m

/** The sum over the runners, where a project has several. */
export function readTestOutcome(text: string): TestOutcome {
  const counts = [...text.matchAll(summary)]
  const sum = (group: 1 | 2) => counts.reduce((total, found) => total + Number(found[group]), 0)
  const parts = text.split(/^(?=FAILED )/m).slice(1)
  return {
    ran: counts.length > 0 && !cutShort.test(text),
    passed: sum(1),
    failed: sum(2),
    failures: parts.map(readFailure),
    runners: counts.flatMap(found => found[3] ?? []),
  }
}

function readFailure(part: string): TestFailure {
  const [head = '', ...rest] = part.split('\n')
  const found = /^FAILED (.*?)(?: \(([^()]+?)(?::(\d+))?\))?$/.exec(head.trimEnd())
  const message = rest.map(line => line.replace(/^ {1,4}/, '')).join('\n')
  const file = found?.[2]
  return {
    name: found?.[1] ?? head,
    place: file === undefined ? null : { file, line: Number(found?.[3] ?? 1) },
    message,
    stack: placesIn(message),
  }
}

const place =
  /File "(?<python>[^"\n]+)", line (?<pythonLine>\d+)|(?:file:\/\/)?(?<script>[\w@./-]+\.(?:[cm]?[jt]sx?|py)):(?<scriptLine>\d+)/g

function placesIn(message: string): Place[] {
  const found = [...message.matchAll(place)].flatMap(({ groups }) => {
    const file = (groups?.python ?? groups?.script ?? '').replace(/^.*\/work\/repo\//, '').replace(/^\.\//, '')
    if (file.startsWith('/') || file.includes('node_modules') || file.startsWith('node:')) return []
    return [{ file, line: Number(groups?.pythonLine ?? groups?.scriptLine) }]
  })
  // Python tells the outermost first.
  return message.includes('Traceback') ? found.reverse() : found
}

export type Hints = {
  actual: string | null
  expected: string | null
  /** Names that were not there. */
  missing: readonly string[]
  /** Something was null, undefined or None. */
  nothing: boolean
  /** A promise came where its value was wanted. */
  promise: boolean
}

export function hintsOf(message: string): Hints {
  const [actual, expected] = comparison(message)
  const missing = [
    ...message.matchAll(
      /(?:ReferenceError: |NameError: name ')(\w+)|has no attribute '(\w+)'|reading '(\w+)'|KeyError: '(\w+)'|\.(\w+) is not a function|(?:named|name) '(\w+)'|Did you mean: '(\w+)'/g,
    ),
  ].flatMap(match => match.slice(1).filter(name => name !== undefined))
  return {
    actual,
    expected,
    missing,
    nothing: /\b(undefined|null|None|NoneType|NaN|nan)\b/.test(message),
    promise: /\[object Promise\]|Promise \{|coroutine/.test(message),
  }
}

/** What was compared, the actual value first; the several habits of test runners. */
function comparison(message: string): [string | null, string | null] {
  const forms: readonly [RegExp, 'actual first' | 'expected first'][] = [
    [/expected (.+?) to (?:strictly |deeply )?(?:be|equal) (.+?)(?: \/\/.*)?$/m, 'actual first'],
    [/^AssertionError: (.+) != (.+)$/m, 'actual first'],
    [/assert (.+) == (.+)$/m, 'actual first'],
    [/^(.+) !== (.+)$/m, 'actual first'],
    [/^\+\s+(.+)\n-\s+(.+)$/m, 'actual first'],
    [/^-\s+(.+)\n\+\s+(.+)$/m, 'expected first'],
    [/actual: (.+?),?\n\s*expected: (.+?),?$/m, 'actual first'],
  ]
  for (const [pattern, order] of forms) {
    const found = pattern.exec(message)
    if (found?.[1] === undefined || found[2] === undefined) continue
    const [left, right] = [found[1].trim().replace(/,$/, ''), found[2].trim().replace(/,$/, '')]
    return order === 'actual first' ? [left, right] : [right, left]
  }
  return [null, null]
}
