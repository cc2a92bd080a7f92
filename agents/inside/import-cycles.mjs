/** Files that import each other in a circle, by dependency-cruiser; the place of each import by the TypeScript scanner. */
import { existsSync } from 'node:fs'
import { cruise } from 'dependency-cruiser'
import ts from 'typescript'
import { javascript, readSources, typescript } from './files.mjs'
import { createReport } from './report.mjs'
import { versionOf } from './version.mjs'

const mostFiles = 5_000
const report = createReport()
report.tool('dependency-cruiser', versionOf('dependency-cruiser'))
const sources = readSources([...javascript, ...typescript], report)
const texts = new Map(sources.map(({ path, text }) => [path, text]))

const rule = {
  name: 'import-cycle',
  severity: 'warn',
  from: {},
  // What is only a type is gone before anything runs.
  to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
}

async function findCycles(paths) {
  const { output } = await cruise(
    paths,
    {
      validate: true,
      ruleSet: { forbidden: [rule] },
      doNotFollow: { path: 'node_modules' },
      exclude: { path: '(^|/)node_modules/' },
      tsPreCompilationDeps: true,
      moduleSystems: ['es6', 'cjs'],
      combinedDependencies: false,
      detectJSDocImports: false,
      skipAnalysisNotInRules: true,
      ...(existsSync('tsconfig.json') ? { tsConfig: { fileName: 'tsconfig.json' } } : {}),
    },
    { extensions: [...typescript, ...javascript, '.json'], ...resolution() },
  )
  return output.summary.violations
}

/** Imports that a bundler or Node itself resolves through the manifest's `imports` and `exports`. */
function resolution() {
  return { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] }
}

/** Files of each circle, once: a circle is found from each of its files. */
function unique(violations) {
  const circles = new Map()
  for (const { from, cycle } of violations) {
    const files = cycle.map(step => step.name)
    const ring = files.at(-1) === from ? [from, ...files.slice(0, -1)] : [from, ...files]
    const start = ring.indexOf([...ring].sort()[0])
    const turned = [...ring.slice(start), ...ring.slice(0, start)]
    circles.set(turned.join('\n'), turned)
  }
  return [...circles.values()].sort((left, right) => left.length - right.length)
}

/** The line on which a file imports another. */
function importLine(from, to) {
  const text = texts.get(from)
  if (text === undefined) return null
  const name = to.slice(to.lastIndexOf('/') + 1).replace(/\.\w+$/, '')
  const { importedFiles } = ts.preProcessFile(text, true, true)
  const matching =
    importedFiles.find(({ fileName }) => fileName.replace(/\.\w+$/, '').endsWith(name)) ??
    (name === 'index' ? importedFiles.find(({ fileName }) => to.includes(fileName.replace(/^[./]+/, ''))) : undefined)
  return matching === undefined ? null : text.slice(0, matching.pos).split('\n').length
}

const paths = sources.map(({ path }) => path).slice(0, mostFiles)
if (paths.length < sources.length)
  report.notChecked(
    `${sources.length - paths.length} files`,
    `cycles are looked for among ${mostFiles} files`,
    'Audit a sub-directory on its own.',
  )
for (const circle of unique(paths.length === 0 ? [] : await findCycles(paths))) {
  const [first, second = first] = circle
  report.add({
    rule: 'import-cycle',
    message: `A circle of imports: ${[...circle, first].join(' → ')}. Which of them is loaded first decides what the others find.`,
    severity: 'warning',
    file: first,
    line: importLine(first, second),
    column: null,
    endLine: null,
    related: circle.slice(1, 50).map((file, index) => ({ file, line: importLine(file, circle[index + 2] ?? first) })),
  })
}
report.examined(paths.length)
report.print()
