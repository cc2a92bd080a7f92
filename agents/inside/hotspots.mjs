/**
 * Hotspots: files that are changed often and are hard to read. Complexity is measured by indentation, which means much
 * the same in every language (A. Hindle, M. Godfrey, R. Holt: Reading beside the lines, 2008); churn comes from the
 * history, counted at the checkout and given on stdin.
 */
import { readSources, writtenByHand } from './files.mjs'
import { languageOf } from './languages.mjs'
import { readOptions } from './options.mjs'
import { createReport } from './report.mjs'

const mostHotspots = 10
/** Fewer changes say nothing about how often a file changes. */
const leastCommits = 3

/** @type {{ churn: { file: string, commits: number, lines: number }[], commits: number }} */
const { churn = [], commits = 0 } = readOptions()
const changes = new Map(churn.map(({ file, commits }) => [file, commits]))
const report = createReport()
report.tool('orrery-hotspots', '1')

const files = writtenByHand(readSources(null, report), report)
  .filter(({ path }) => languageOf(path)?.code === true)
  .map(({ path, text }) => ({ path, commits: changes.get(path) ?? 0, ...indentation(text) }))
const ranked = files
  .map(file => ({ ...file, score: file.commits * file.depth }))
  .sort((left, right) => right.score - left.score)
const top = ranked[0]?.score ?? 0

if (commits === 0)
  report.impossible('hotspots', 'there is no history to count changes in', 'Audit a repository with its commits.')
// The share of the worst hotspot, by file: what other findings are weighed with.
for (const { path, score } of ranked.slice(0, 200))
  if (score > 0) report.metric(path, Math.round((score / top) * 1_000) / 1_000)
for (const [index, file] of ranked
  .filter(({ commits, depth }) => commits >= leastCommits && depth >= 10)
  .slice(0, mostHotspots)
  .entries()) {
  report.add({
    rule: 'hotspot',
    message: `Number ${index + 1} of ${files.length} files: changed by ${file.commits} of ${commits} commits, ${file.lines} lines that are indented ${file.mean} levels on average and ${file.deepest} at most.`,
    severity: index < 3 && file.score >= top / 2 ? 'warning' : 'info',
    file: file.path,
    line: file.deepestLine,
    column: null,
    endLine: null,
  })
}
report.examined(files.length)
report.print()

/**
 * Levels of indentation, summed over the lines that hold anything.
 * @param {string} text
 */
function indentation(text) {
  const indents = text.split('\n').flatMap((line, index) => {
    const width = widthOf(line)
    return width === null ? [] : [{ number: index + 1, width }]
  })
  const unit = Math.max(1, commonUnit(indents.map(({ width }) => width)))
  let depth = 0
  let deepest = { number: 1, level: 0 }
  for (const { number, width } of indents) {
    const level = Math.floor(width / unit)
    depth += level
    if (level > deepest.level) deepest = { number, level }
  }
  const mean = indents.length === 0 ? 0 : Math.round((depth / indents.length) * 10) / 10
  return { depth, lines: indents.length, mean, deepest: deepest.level, deepestLine: deepest.number }
}

/**
 * Width of the blanks before a line; null for an empty one.
 * @param {string} line
 */
function widthOf(line) {
  const [lead = ''] = /^[ \t]*/.exec(line) ?? []
  return lead.length === line.length ? null : lead.replaceAll('\t', '    ').length
}

/**
 * The least step between neighbouring indents that is more than one blank.
 * @param {readonly number[]} widths
 */
function commonUnit(widths) {
  const steps = widths
    .slice(1)
    .map((width, index) => width - (widths[index] ?? 0))
    .filter(step => step > 1)
  return steps.length === 0 ? 4 : steps.reduce((least, step) => Math.min(least, step))
}
