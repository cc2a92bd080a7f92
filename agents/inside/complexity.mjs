/**
 * Cyclomatic complexity of functions, after McCabe: one, and one more for each way that the flow can take. ESLint counts
 * it for JavaScript and TypeScript, Ruff for Python.
 */
import { extname } from 'node:path'
import { javascript, python, readSources, typescript, writtenByHand } from './files.mjs'
import { eachWithin } from './options.mjs'
import { createReport } from './report.mjs'

/** McCabe's own limit is 10. */
const noted = { python: 10, javascript: 12 }
/** ESLint counts `&&` and `||` as ways of their own, Ruff does not: the same function has a lower number in Python. */
const thresholds = { javascript: { warning: 20, error: 40 }, python: { warning: 10, error: 20 } }

const report = createReport()
const sources = writtenByHand(readSources([...javascript, ...typescript, ...python], report), report)
const isPython = (/** @type {import('./files.mjs').Source} */ { path }) => python.includes(extname(path))
const highest = { complexity: 0 }

/**
 * @param {keyof typeof thresholds} language
 * @param {string} file
 * @param {{ line: number, column: number, endLine: number | null }} place
 * @param {string | undefined} subject
 * @param {number} complexity
 */
function addComplex(language, file, place, subject, complexity) {
  highest.complexity = Math.max(highest.complexity, complexity)
  report.add({
    rule: 'complexity',
    message: `${subject} has a cyclomatic complexity of ${complexity}: ${complexity} tests are needed to take each way through it once.`,
    severity: severityOf(thresholds[language], complexity),
    file,
    ...place,
  })
}

/**
 * @param {{ warning: number, error: number }} threshold
 * @param {number} complexity
 */
function severityOf({ warning, error }, complexity) {
  if (complexity > error) return 'error'
  return complexity > warning ? 'warning' : 'info'
}

async function measureJavascript() {
  const { createLint, eslintVersion } = await import('./eslint.mjs')
  report.tool('ESLint', eslintVersion)
  const lint = createLint(
    {
      // A switch is read as one decision, however many cases it has.
      complexity: [1, { max: noted.javascript, variant: 'modified' }],
      'max-depth': [1, 5],
      'max-lines-per-function': [1, { max: 200, skipBlankLines: true, skipComments: true }],
    },
    // A comment may forbid the warning; the ways through the function stay as many.
    { honourComments: false },
  )
  await eachWithin(
    45,
    sources.filter(source => !isPython(source)),
    report,
    async ({ path, text }) => {
      const { messages } = await lint(path, text)
      for (const { ruleId, message, line, column, endLine, fatal } of messages) {
        if (fatal) throw new Error(message)
        const complex = /^(.*) has a complexity of (\d+)/.exec(message)
        if (complex !== null) addComplex('javascript', path, { line, column, endLine }, complex[1], Number(complex[2]))
        else report.add({ rule: ruleId ?? 'complexity', message, severity: 'info', file: path, line, column, endLine })
      }
    },
  )
}

async function measurePython() {
  const { createRuff, ruffVersion } = await import('./ruff.mjs')
  report.tool('Ruff', ruffVersion)
  const check = createRuff(['C901'], { mccabe: { 'max-complexity': noted.python } })
  await eachWithin(45, sources.filter(isPython), report, ({ path, text }) => {
    const found = check(text)
    const broken = found.find(({ code }) => code === 'invalid-syntax')
    if (broken !== undefined) throw new Error(broken.message)
    for (const { message, line, column, endLine } of found) {
      const complex = /^`(.*)` is too complex \((\d+)/.exec(message)
      if (complex !== null)
        addComplex('python', path, { line, column, endLine }, `The function ${complex[1]}`, Number(complex[2]))
    }
  })
}

if (sources.some(source => !isPython(source))) await measureJavascript()
if (sources.some(isPython)) await measurePython()
report.metric('highest', highest.complexity)
report.print()
