/**
 * Knip, which follows imports from the entry points of a project: what it does not reach is dead, what it reaches and
 * finds nowhere is missing. It runs with our configuration and with each of its plugins switched off, because plugins
 * execute the configuration files of other tools.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { walk } from './files.mjs'
import { directoryOf, versionOf } from './version.mjs'

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
 * @param {readonly string[]} include knip's kinds of issues
 * @returns {{ ok: true, files: string[], issues: object[] } | { ok: false, why: string, mend: string }}
 */
export function runKnip(include) {
  const manifest = readManifest()
  if (typeof manifest === 'string') return { ok: false, why: manifest, mend: 'Add a package.json, or mend it.' }
  const dependencies = { ...manifest.dependencies, ...manifest.devDependencies }
  const entry = [
    ...commonEntries,
    ...pageScripts(),
    ...Object.entries(conventions).flatMap(([name, entries]) => (name in dependencies ? entries : [])),
  ]
  const config = { entry, ignoreExportsUsedInFile: true, ...Object.fromEntries(pluginNames.map(name => [name, false])) }
  writeFileSync('/tmp/knip.json', JSON.stringify(config))
  const ran = spawnSync(
    process.execPath,
    [
      join(directoryOf('knip'), 'bin/knip.js'),
      ...['--config', '/tmp/knip.json', '--reporter', 'json', '--include', include.join(',')],
      ...['--no-progress', '--no-exit-code', '--no-config-hints', '--no-gitignore'],
    ],
    { encoding: 'utf8', maxBuffer: 64 * 1_024 * 1_024, env: { ...process.env, NODE_OPTIONS: '' } },
  )
  try {
    return { ok: true, ...JSON.parse(ran.stdout) }
  } catch {
    const said = (ran.stderr || ran.stdout).split('\n').filter(line => line.trim() !== '')
    return { ok: false, why: `knip ended without a result: ${said.slice(0, 2).join(' ').slice(0, 300)}`, mend: '' }
  }
}

/** The root manifest, or why there is none. */
function readManifest() {
  if (!existsSync('package.json')) return 'there is no package.json at the top of the tree'
  try {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
    return typeof manifest === 'object' && manifest !== null && !Array.isArray(manifest)
      ? manifest
      : 'package.json is not an object'
  } catch {
    return 'package.json is not valid JSON'
  }
}

/** Scripts that the HTML pages of the repository load. */
function pageScripts() {
  const scripts = []
  for (const path of walk()) {
    if (!path.endsWith('.html') || scripts.length > 200) continue
    const directory = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.'
    for (const [, source] of readFileSync(path, 'utf8')
      .slice(0, 100_000)
      .matchAll(/<script[^>]{0,300}\ssrc=["']([^"':]{1,300})["']/g)) {
      scripts.push(source.startsWith('/') ? source.slice(1) : join(directory, source))
    }
  }
  return scripts
}
