/** Files that import each other in a circle, by dependency-cruiser; the place of each import by the TypeScript scanner. */
import { existsSync } from 'node:fs'
import { cruise } from 'dependency-cruiser'
import ts from 'typescript'
import { javascript, readSources, typescript } from './files.mjs'
import { removeLinks } from './links.mjs'
import { createReport } from './report.mjs'
import { versionOf } from './version.mjs'

const name = 'import-cycle'
const mostFiles = 5_000
/** Files that may turn out to be unreadable; each costs a new beginning. */
const mostUnreadable = 10

const report = createReport()
report.tool('dependency-cruiser', versionOf('dependency-cruiser'))
removeLinks(report)
const sources = readSources([...javascript, ...typescript], report)
const texts = new Map(sources.map(({ path, text }) => [path, text]))
const paths = sources.map(({ path }) => path).slice(0, mostFiles)
if (paths.length < sources.length) {
  report.notChecked(
    `${sources.length - paths.length} more files`,
    `cycles are looked for among ${mostFiles} files`,
    'Audit a sub-directory on its own.',
  )
}

/**
 * What is only a type is gone before anything runs.
 * @type {import('dependency-cruiser').IForbiddenRuleType}
 */
const rule = {
  name,
  severity: 'warn',
  from: {},
  to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
}

for (const circle of paths.length === 0 ? [] : await findCircles()) {
  const [first = '', second = first] = circle
  report.add({
    rule: name,
    message: `A circle of imports: ${[...circle, first].join(' → ')}. Which of them is loaded first decides what the others find.`,
    severity: 'warning',
    file: first,
    line: importLine(first, second),
    related: circle.slice(1, 50).map((file, index) => ({ file, line: importLine(file, circle[index + 2] ?? first) })),
  })
}
report.print()

/** The tool gives up at the first file that it cannot parse: it begins again without it. */
async function findCircles() {
  /** @type {string[]} */
  const unreadable = []
  for (;;) {
    try {
      const violations = await search(unreadable)
      report.examined(paths.length - unreadable.length)
      return uniqueCircles(violations)
    } catch (error) {
      const [, why = '', file] = /ran afoul of\.\.\.\s+([\s\S]*?)\n\.\.\. in (.+)\n/.exec(String(error)) ?? []
      if (file === undefined || unreadable.length >= mostUnreadable) throw error
      unreadable.push(file)
      report.notChecked(file, `it could not be parsed: ${why.split('\n')[0]?.slice(0, 200)}`, 'Mend its syntax.')
    }
  }
}

/** @param {readonly string[]} unreadable */
async function search(unreadable) {
  const excluded = unreadable.map(path => `^${path.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`)
  const { output } = await cruise(
    paths.filter(path => !unreadable.includes(path)),
    {
      validate: true,
      ruleSet: { forbidden: [rule] },
      doNotFollow: { path: 'node_modules' },
      exclude: { path: ['(^|/)node_modules/', ...excluded].join('|') },
      tsPreCompilationDeps: true,
      moduleSystems: ['es6', 'cjs'],
      skipAnalysisNotInRules: true,
      ...(existsSync('tsconfig.json') ? { tsConfig: { fileName: 'tsconfig.json' } } : {}),
    },
    {
      extensions: [...typescript, ...javascript, '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  )
  if (typeof output === 'string') throw new Error('dependency-cruiser has no result')
  return output.summary.violations.map(({ from, cycle = [] }) => ({ from, cycle }))
}

/**
 * Each circle once, beginning with its first file by name: the tool finds it from each of its files.
 * @param {readonly { from: string, cycle: readonly { name: string }[] }[]} violations
 */
function uniqueCircles(violations) {
  /** @type {Map<string, string[]>} */
  const circles = new Map()
  for (const { from, cycle } of violations) {
    const files = cycle.map(step => step.name)
    const ring = files.at(-1) === from ? [from, ...files.slice(0, -1)] : [from, ...files]
    const start = ring.indexOf([...ring].sort()[0] ?? from)
    const turned = [...ring.slice(start), ...ring.slice(0, start)]
    circles.set(turned.join('\n'), turned)
  }
  return [...circles.values()].sort((left, right) => left.length - right.length)
}

/**
 * The line on which a file imports another; null where it cannot be told.
 * @param {string} from
 * @param {string} to
 */
function importLine(from, to) {
  const text = texts.get(from) ?? ''
  const target = to.replace(/\.\w+$/, '').replace(/\/index$/, '')
  const name = target.slice(target.lastIndexOf('/') + 1)
  const { importedFiles } = ts.preProcessFile(text, true, true)
  const found = importedFiles.find(({ fileName }) =>
    fileName
      .replace(/\.\w+$/, '')
      .replace(/\/index$/, '')
      .endsWith(name),
  )
  return found === undefined ? null : text.slice(0, found.pos).split('\n').length
}
