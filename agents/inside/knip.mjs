/**
 * Knip, which follows imports from the entry points of a project: what it does not reach is dead, what it reaches and
 * finds nowhere is missing. It runs with our configuration and with each of its plugins switched off, because plugins
 * execute the configuration files of other tools.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { removeLinks } from './links.mjs'
import { directoryOf, versionOf } from './version.mjs'
import { walk } from './walk.mjs'

export const knipVersion = versionOf('knip')

const { pluginNames } = await import(join(directoryOf('knip'), 'dist/types/PluginNames.js'))

const code = '{js,mjs,cjs,jsx,ts,mts,cts,tsx}'
/** Where a project starts. Plugins would know more of it; names that everybody uses know nearly as much. */
const commonEntries = [
  `{index,main,cli,app,server}.${code}`,
  `{src,lib,app,server,client}/{index,main,cli,app,server,entry-client,entry-server}.${code}`,
  `{bin,scripts,tools,examples,bench,benchmarks,migrations,seeds}/**/*.${code}`,
  `**/*.{test,spec,bench,stories,cy,e2e}.${code}`,
  `**/{test,tests,__tests__,spec,specs,e2e,cypress,__mocks__,fixtures}/**/*.${code}`,
  `**/*{.,-}config.${code}`,
  `**/{.*rc,gulpfile,Gruntfile,karma.conf,*.setup,setupTests}.${code}`,
  `**/*.worker.${code}`,
]
/** Frameworks that start files by where they lie. */
const conventions = {
  next: [`{,src/}{app,pages}/**/*.${code}`, `{,src/}{middleware,instrumentation,proxy}.${code}`],
  nuxt: [`{,app/}{pages,layouts,middleware,plugins,composables,components,server}/**/*.${code}`],
  '@remix-run/react': [`app/{root,entry.*,routes/**/*}.${code}`],
  '@react-router/dev': [`app/{root,entry.*,routes,routes/**/*}.${code}`],
  '@sveltejs/kit': [`src/{routes/**/*,hooks.*,params/*,service-worker}.${code}`],
  astro: [`src/{pages,content,middleware}/**/*.${code}`],
  gatsby: [`gatsby-*.${code}`, `src/{pages,templates}/**/*.${code}`],
  'expo-router': [`app/**/*.${code}`],
  '@angular/core': [`src/{main,polyfills,environments/**/*}.${code}`],
}

/**
 * @typedef {{ name: string, line?: number, col?: number }} Issue
 * @typedef {{ file: string } & Record<string, Issue[] | Record<string, Issue[]>>} FileIssues
 * @typedef {{ files: string[], issues: FileIssues[] }} Issues
 */

/**
 * What Knip finds; null where it cannot work, which is told.
 * @param {readonly string[]} include knip's kinds of issues
 * @param {import('./report.mjs').Report} report
 * @param {readonly import('./files.mjs').Source[]} sources of the repository
 * @returns {Promise<Issues | null>}
 */
export async function runKnip(include, report, sources) {
  const { manifest, fault } = readManifest()
  if (fault !== null) {
    report.notChecked('what depends on the manifest', fault, 'Add a package.json, or mend it.')
    return null
  }
  removeLinks(report)
  const dependencies = { ...manifest.dependencies, ...manifest.devDependencies }
  const entry = [
    ...commonEntries,
    ...pageScripts(),
    ...Object.entries(conventions).flatMap(([name, entries]) => (name in dependencies ? entries : [])),
  ]
  let ran = execute(include, entry)
  if (ran.issues === null) {
    // Loading the compiler takes longer than most runs of Knip.
    const { emptyUnparsable } = await import('./unparsable.mjs')
    if (emptyUnparsable(report)) ran = execute(include, entry)
  }
  const started = namedInCode(ran.issues?.files ?? [], sources)
  if (started.length > 0) ran = execute(include, [...entry, ...started])
  if (ran.issues === null) report.notChecked('what Knip finds', `it ended without a result: ${ran.complaint}`)
  return ran.issues
}

/**
 * Files that no import reaches and that some code names all the same: programs and workers are started so.
 * @param {readonly string[]} unreached
 * @param {readonly import('./files.mjs').Source[]} sources
 */
function namedInCode(unreached, sources) {
  const candidates = new Set(unreached)
  const named = new Set()
  for (const { path, text } of sources) {
    if (candidates.has(path)) continue
    for (const [name] of text.matchAll(/[\w@-][\w.@-]*\.[cm]?[jt]sx?\b/g)) named.add(name)
  }
  return unreached.filter(path => named.has(path.slice(path.lastIndexOf('/') + 1)))
}

/**
 * @param {readonly string[]} include
 * @param {readonly string[]} entry
 * @returns {{ issues: Issues | null, complaint: string }}
 */
function execute(include, entry) {
  const off = Object.fromEntries(pluginNames.map((/** @type {string} */ name) => [name, false]))
  writeFileSync('/tmp/knip.json', JSON.stringify({ entry, ignoreExportsUsedInFile: true, ...off }))
  const ran = spawnSync(
    process.execPath,
    [
      ...[join(directoryOf('knip'), 'bin/knip.js'), '--config', '/tmp/knip.json', '--reporter', 'json'],
      ...['--include', include.join(','), '--no-progress', '--no-exit-code', '--no-config-hints', '--no-gitignore'],
    ],
    { encoding: 'utf8', maxBuffer: 64 * 1_024 * 1_024, env: { ...process.env, NODE_OPTIONS: '' } },
  )
  try {
    return { issues: JSON.parse(ran.stdout), complaint: '' }
  } catch {
    const lines = `${ran.stderr}\n${ran.stdout}`.split('\n').filter(line => line.trim() !== '')
    return { issues: null, complaint: (lines.find(line => /error/i.test(line)) ?? lines[0] ?? '').slice(0, 300) }
  }
}

/**
 * The manifest at the top, or why there is none.
 * @returns {{ manifest: { dependencies?: object, devDependencies?: object }, fault: string | null }}
 */
function readManifest() {
  if (!existsSync('package.json')) return { manifest: {}, fault: 'there is no package.json at the top of the tree' }
  try {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
    const isObject = typeof manifest === 'object' && manifest !== null && !Array.isArray(manifest)
    return isObject ? { manifest, fault: null } : { manifest: {}, fault: 'package.json is not an object' }
  } catch {
    return { manifest: {}, fault: 'package.json is not valid JSON' }
  }
}

/** Scripts that the HTML pages of the repository load. */
function pageScripts() {
  /** @type {string[]} */
  const scripts = []
  for (const path of walk()) {
    if (!path.endsWith('.html') || scripts.length > 200) continue
    const directory = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.'
    for (const [, source = ''] of readFileSync(path, 'utf8')
      .slice(0, 100_000)
      .matchAll(/<script[^>]{0,300}\ssrc=["']([^"':]{1,300})["']/g)) {
      scripts.push(source.startsWith('/') ? source.slice(1) : join(directory, source))
    }
  }
  return scripts
}
