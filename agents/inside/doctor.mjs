/**
 * What the surroundings of a repository look like from inside: which programs are there, which manifests and lock files
 * the tree has, what its tests look like, and which declared packages are installed. Only looks; what follows from it is
 * decided outside.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { languageOf } from './languages.mjs'
import { writeAll } from './report.mjs'
import { isBinary, walk } from './walk.mjs'

const manifestNames = new Set([
  ...['package.json', 'deno.json', 'pyproject.toml', 'setup.py', 'setup.cfg', 'Pipfile', 'requirements.txt', 'go.mod'],
  ...[
    'Cargo.toml',
    'pom.xml',
    'build.gradle',
    'build.gradle.kts',
    'Gemfile',
    'composer.json',
    'tsconfig.json',
    'jsconfig.json',
  ],
  ...['pytest.ini', 'tox.ini', '.nvmrc', '.node-version', '.python-version', '.tool-versions'],
])
const lockNames = new Set([
  ...[
    'package-lock.json',
    'npm-shrinkwrap.json',
    'yarn.lock',
    'pnpm-lock.yaml',
    'bun.lock',
    'bun.lockb',
    'poetry.lock',
    'uv.lock',
  ],
  ...['pdm.lock', 'Pipfile.lock', 'go.sum', 'Cargo.lock', 'Gemfile.lock', 'composer.lock'],
])
const mostManifests = 200
const mostBytes = 256 * 1_024

/**
 * How each program tells its version.
 * @type {Record<string, string[]>}
 */
const programs = {
  node: ['--version'],
  git: ['--version'],
  python3: ['--version'],
  go: ['version'],
  cargo: ['--version'],
  java: ['-version'],
  ruby: ['--version'],
  php: ['--version'],
}

/** @type {{ file: string, text: string }[]} */
const manifests = []
/** @type {string[]} */
const lockFiles = []
const evidence = new Set()
/** @type {Record<string, number>} */
const languages = {}
let textFiles = 0
for (const path of walk()) {
  const name = basename(path)
  if (lockNames.has(name)) lockFiles.push(path)
  if (manifestNames.has(name) && manifests.length < mostManifests) manifests.push({ file: path, text: read(path) })
  const language = languageOf(path)
  if (language === undefined) {
    if (!evidence.has('text') && !isBinary(path)) evidence.add('text')
    continue
  }
  textFiles += 1
  if (language.code) languages[language.language] = (languages[language.language] ?? 0) + 1
  gather(path, name)
}
const wanted = new Set(['node', 'git'])
for (const [language, program] of Object.entries({
  Python: 'python3',
  Go: 'go',
  Rust: 'cargo',
  Java: 'java',
  Ruby: 'ruby',
  PHP: 'php',
})) {
  if (language in languages) wanted.add(program)
}
const versions = Object.fromEntries([...wanted].map(program => [program, versionOf(program)]))
const python = versions.python3 == null ? [] : importable(['pytest'])
writeAll(
  JSON.stringify({
    versions,
    manifests,
    lockFiles,
    languages,
    textFiles,
    evidence: [...evidence],
    python,
    missing: missingPackages(),
  }),
)

/**
 * Whether a file says something about tests or types. Of a script only its beginning is read.
 * @param {string} path
 * @param {string} name
 */
function gather(path, name) {
  const extension = extname(name)
  if (['.js', '.mjs', '.cjs', '.jsx', '.ts', '.mts', '.cts', '.tsx'].includes(extension)) {
    if (evidence.has('node:test') && evidence.has('ts-check')) return
    const text = read(path).slice(0, 4_096)
    if (/from ['"]node:test['"]|require\(['"]node:test['"]\)/.test(text)) evidence.add('node:test')
    if (/^\s*\/\/\s*@ts-check/m.test(text)) evidence.add('ts-check')
  } else if (extension === '.py' && /^test_.*\.py$|_test\.py$/.test(name)) {
    const text = read(path)
    if (/^\s*(import|from) pytest\b/m.test(text)) evidence.add('pytest')
    if (/^\s*(import|from) unittest\b/m.test(text)) evidence.add('unittest')
    else if (/^(async )?def test_/m.test(text)) evidence.add('pytest')
  } else if (name === 'conftest.py') {
    evidence.add('pytest')
  } else if (name.endsWith('_test.go')) {
    evidence.add('go test')
  }
}

/** @param {string} program */
function versionOf(program) {
  const ran = spawnSync(program, programs[program] ?? [], { encoding: 'utf8', timeout: 10_000 })
  if (ran.status !== 0) return null
  return /\d+(\.\d+)+/.exec(`${ran.stdout}${ran.stderr}`)?.[0] ?? null
}

/**
 * Which Python modules could be imported. Asked from elsewhere: the repository's own modules must not be run for that.
 * @param {readonly string[]} names
 */
function importable(names) {
  const program =
    'import importlib.util, sys\nfor name in sys.argv[1:]:\n  if importlib.util.find_spec(name): print(name)'
  const ran = spawnSync('python3', ['-c', program, ...names], { encoding: 'utf8', timeout: 10_000, cwd: '/tmp' })
  return ran.status === 0 ? ran.stdout.split('\n').filter(name => name !== '') : []
}

/** Packages that the manifest at the top declares and that lie in no `node_modules` from there upwards. */
function missingPackages() {
  let manifest
  try {
    manifest = JSON.parse(readFileSync('package.json', 'utf8'))
  } catch {
    return []
  }
  const names = Object.keys({ ...manifest?.devDependencies, ...manifest?.dependencies })
  return names
    .filter(name => !['/work/repo', '/work'].some(directory => existsSync(join(directory, 'node_modules', name))))
    .slice(0, 500)
}

/**
 * The beginning of a file; empty where it cannot be read.
 * @param {string} path
 */
function read(path) {
  try {
    return readFileSync(path, 'utf8').slice(0, mostBytes)
  } catch {
    return ''
  }
}
