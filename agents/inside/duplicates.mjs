/** Pieces of code that stand in more than one place, found by jscpd in the tokens of each language. */
import { Detector, MemoryStore } from '@jscpd/core'
import { getFormatByFile, Tokenizer } from '@jscpd/tokenizer'
import { readSources, writtenByHand } from './files.mjs'
import { eachWithin } from './options.mjs'
import { createReport } from './report.mjs'
import { versionOf } from './version.mjs'

const leastLines = 6
const leastTokens = 60
/** From this many lines on a copy is worth a warning, unless it stands in tests, which repeat themselves on purpose. */
const warnedLines = 10
const tests = /(^|\/)(tests?|__tests__|specs?|fixtures|migrations)\/|\.(test|spec)\.|_test\.|(^|\/)test_/
/** Data and prose repeat themselves by nature. */
const notCode = new Set([
  ...[
    'json',
    'json5',
    'yaml',
    'toml',
    'ini',
    'properties',
    'csv',
    'markdown',
    'markup',
    'svg',
    'xml',
    'txt',
    'log',
    'diff',
  ],
  ...['plain-text', 'text', 'graphql', 'protobuf', 'sql'],
])
const blank = new Set(['ignore', 'empty', 'new_line', 'comment', 'block-comment'])

const report = createReport()
report.tool('jscpd', versionOf('@jscpd/core'))

const sources = writtenByHand(readSources(null, report), report).flatMap(source => {
  const format = getFormatByFile(source.path)
  return format === undefined || notCode.has(format) ? [] : [{ ...source, format }]
})

/** @type {Map<string, Detector>} */
const detectors = new Map()

/**
 * Clones are looked for among files of one language.
 * @param {string} format
 */
function detectorOf(format) {
  const known = detectors.get(format)
  if (known !== undefined) return known
  const options = { minLines: leastLines, minTokens: leastTokens, maxLines: 5_000, mode: hasMeaning }
  const detector = new Detector(new Tokenizer(), new MemoryStore(), [longEnough], options)
  detectors.set(format, detector)
  return detector
}

/** @type {import('@jscpd/core').ICloneValidator} */
const longEnough = {
  validate: ({ duplicationA: { start, end } }) => ({ status: end.line - start.line + 1 >= leastLines }),
}

/** @param {import('@jscpd/core').IToken} token */
const hasMeaning = ({ type }) => !blank.has(type)

let duplicatedLines = 0
await eachWithin(45, sources, report, async ({ path, text, format }) => {
  for (const { duplicationA: one, duplicationB: other } of await detectorOf(format).detect(path, text, format)) {
    const lines = one.end.line - one.start.line + 1
    duplicatedLines += lines
    report.add({
      rule: 'duplicate',
      message: `${lines} lines stand here and in ${other.sourceId} from line ${other.start.line} on.`,
      severity: lines >= warnedLines && !tests.test(one.sourceId) ? 'warning' : 'info',
      file: one.sourceId,
      line: one.start.line,
      endLine: one.end.line,
      related: [{ file: other.sourceId, line: other.start.line }],
    })
  }
})
report.metric('duplicatedLines', duplicatedLines)
report.print()
