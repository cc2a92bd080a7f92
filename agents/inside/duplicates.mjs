/** Pieces of code that stand in more than one place, found by jscpd in the tokens of each language. */
import { Detector, MemoryStore } from '@jscpd/core'
import { getFormatByFile, Tokenizer } from '@jscpd/tokenizer'
import { readSources } from './files.mjs'
import { createReport } from './report.mjs'
import { versionOf } from './version.mjs'

const leastLines = 6
const leastTokens = 60
/** Data and prose repeat themselves by nature. */
const notCode = new Set([
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
  'plain-text',
  'text',
])
const tests = /(^|\/)(tests?|__tests__|specs?|fixtures|migrations)\/|\.(test|spec)\.|_test\.|(^|\/)test_/

const report = createReport()
report.tool('jscpd', versionOf('@jscpd/core'))

const sources = readSources(null, report)
  .map(source => ({ ...source, format: getFormatByFile(source.path) }))
  .filter(({ format }) => format !== undefined && !notCode.has(format))
const detectors = new Map()

/** Clones are looked for among files of one language. */
function detectorOf(format) {
  let detector = detectors.get(format)
  if (detector === undefined) {
    detector = new Detector(new Tokenizer(), new MemoryStore(), [longEnough], {
      minLines: leastLines,
      minTokens: leastTokens,
      maxLines: 5_000,
      mode: dropBlanks,
    })
    detectors.set(format, detector)
  }
  return detector
}

const longEnough = {
  validate: ({ duplicationA: { start, end } }) => ({ status: end.line - start.line >= leastLines - 1 }),
}

function dropBlanks(token) {
  return !['ignore', 'empty', 'new_line', 'comment', 'block-comment'].includes(token.type)
}

const end = performance.now() + 40_000
let duplicatedLines = 0
let examined = 0
for (const { path, text, format } of sources) {
  if (performance.now() > end) break
  examined += 1
  for (const { duplicationA: one, duplicationB: other } of await detectorOf(format).detect(path, text, format)) {
    const lines = one.end.line - one.start.line + 1
    duplicatedLines += lines
    report.add({
      rule: 'duplicate',
      message: `${lines} lines stand here and in ${other.sourceId} from line ${other.start.line} on.`,
      severity: lines >= 10 && !tests.test(one.sourceId) ? 'warning' : 'info',
      file: one.sourceId,
      line: one.start.line,
      column: null,
      endLine: one.end.line,
      related: [{ file: other.sourceId, line: other.start.line }],
    })
  }
}
if (examined < sources.length)
  report.notChecked(
    `${sources.length - examined} files`,
    'the 40 s for duplicates were used up',
    'Audit a sub-directory on its own.',
  )
report.examined(examined)
report.metric('duplicatedLines', duplicatedLines)
report.print()
