/**
 * A repository that attacks whoever examines it. Wherever a tool would look for something to execute there is something
 * that says so, leaves a file in the tree and ends the process: none of it may ever run.
 */
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AnalysisReport, type AuditReport } from '../../domain/artifact.ts'
import { readTar } from '../sandbox/tar.ts'
import { testSandbox } from '../sandbox/testing.ts'
import { audit, createTestRun, type TestRun } from './testing.ts'
import { commitAll, inGit, removeTemporary, repository } from './testing-repositories.ts'

const mark = 'EXECUTED-BY-THE-AUDIT'
const require = `process.stderr.write('${mark}'); require('fs').writeFileSync('/work/repo/${mark}', ''); process.exit(0)\n`
const module = `import { writeFileSync } from 'node:fs'\nprocess.stderr.write('${mark}'); writeFileSync('/work/repo/${mark}', ''); process.exit(0)\n`
const shell = `#!/bin/sh\necho ${mark} >&2\ntouch /work/repo/${mark} /opt/source/${mark}\n`

const programs: Record<string, string> = {
  ...{
    'eslint.config.js': module,
    '.eslintrc.js': require,
    '.eslintrc.cjs': require,
    'biome.json': '{"plugins":["./plugin.grit"]}',
  },
  ...{
    'knip.ts': module,
    'knip.js': module,
    'vite.config.ts': module,
    'vitest.config.ts': module,
    'jest.config.js': module,
  },
  ...{
    'babel.config.js': module,
    '.babelrc.js': require,
    'webpack.config.js': module,
    'rollup.config.js': module,
    'postcss.config.js': module,
  },
  ...{
    'next.config.js': module,
    'tailwind.config.ts': module,
    '.dependency-cruiser.cjs': require,
    '.secretlintrc.js': require,
    '.jscpd.json': '{"reporters":["./evil.js"]}',
  },
  ...{
    'node_modules/typescript/package.json': '{"name":"typescript","version":"5.0.0","main":"index.js"}',
    'node_modules/typescript/index.js': require,
  },
  ...{
    'node_modules/eslint/package.json': '{"name":"eslint","main":"index.js"}',
    'node_modules/eslint/index.js': require,
  },
  ...{ 'node_modules/evil/package.json': '{"name":"evil","main":"index.js"}', 'node_modules/evil/index.js': require },
  ...{
    'sitecustomize.py': `import os\nos.system('touch /work/repo/${mark}')\n`,
    'ruff.toml': 'extend = "/etc/passwd"\n',
    '.npmrc': 'node-options=--require=./node_modules/evil\n',
  },
}

const contents: Record<string, string | Uint8Array> = {
  'package.json': JSON.stringify({
    name: '../../evil',
    type: 'module',
    main: '../../../etc/passwd',
    workspaces: ['../../**', '/etc/*'],
    knip: { entry: ['/etc/**'] },
    eslintConfig: { plugins: ['evil'] },
    babel: { plugins: ['evil'] },
    jest: { preset: 'evil', globalSetup: './jest.config.js' },
    devDependencies: Object.fromEntries(
      ['eslint', 'vitest', 'jest', 'vite', 'webpack', 'typescript', 'next', '@babel/core', 'evil'].map(name => [
        name,
        '*',
      ]),
    ),
  }),
  'tsconfig.json': JSON.stringify({
    extends: '../../../etc/passwd',
    compilerOptions: {
      plugins: [{ name: 'evil', transform: 'evil' }],
      strict: true,
      outDir: '../../../out',
      tsBuildInfoFile: '/tmp/x',
      incremental: true,
    },
    include: ['src', '/etc', '../../..'],
  }),
  'src/good.ts': 'export const wrong: number = "text"\nif (wrong == 1) debugger\n',
  'src/huge-line.js': `const a = "${'x'.repeat(3_000_000)}"\n`,
  'src/deep.js': `export default ${'[\n'.repeat(20_000)}${']\n'.repeat(20_000)}`,
  'src/deep.py': `x = ${'(\n'.repeat(20_000)}1${')\n'.repeat(20_000)}`,
  'src/comment.js':
    '/* eslint evil/rule: 2 */\n/* eslint-disable */\n/* global process:writable */\nexport const a = 1\n',
  'src/names/--help.js': 'export const help = 1\n',
  'src/names/$(touch x).js': 'if (a = 1) b()\n',
  'src/names/\u202Egnp.js': 'if (a = 1) b()\n',
  'src/names/line\nbreak.js': 'if (a = 1) b()\n',
  'src/message.js': 'export function f() { undefined\u202Ename\u001b[2J() }\n',
  'src/markup.js':
    'export const x = 1\nif (x = 1) {}\n// <script>alert(1)</script> ![x](https://example.invalid/x.png)\n',
  '.gitattributes': '*.js filter=evil diff=evil merge=evil\n',
  '.gitmodules': '[submodule "x"]\n\tpath = x\n\turl = ext::sh -c touch% /tmp/x\n\tupdate = !touch /tmp/x\n',
}

function hostile(): string {
  const repo = repository({ ...programs, ...contents }, { commit: false })
  const links = {
    'etc-passwd': '/etc/passwd',
    up: '../../../..',
    self: '.',
    'src/tools.js': '/opt/tools/inside/lint.mjs',
    'src/zero.js': '/dev/zero',
    'src/dangling.ts': '/nowhere.ts',
  }
  for (const [path, target] of Object.entries(links)) symlinkSync(target, join(repo, path))
  commitAll(repo)
  mkdirSync(join(repo, '.git/hooks'), { recursive: true })
  for (const hook of [
    'post-checkout',
    'pre-commit',
    'post-index-change',
    'reference-transaction',
    'fsmonitor',
    'evil',
  ]) {
    writeFileSync(join(repo, '.git/hooks', hook), shell)
    chmodSync(join(repo, '.git/hooks', hook), 0o755)
  }
  const evil = '/opt/source/.git/hooks/evil'
  const settings = {
    ...{
      'core.fsmonitor': evil,
      'core.hooksPath': '/opt/source/.git/hooks',
      'core.sshCommand': evil,
      'core.pager': evil,
      'core.editor': evil,
    },
    ...{
      'filter.evil.smudge': evil,
      'filter.evil.clean': evil,
      'filter.evil.process': evil,
      'filter.evil.required': 'true',
      'diff.evil.textconv': evil,
    },
    ...{
      'diff.external': evil,
      'diff.evil.command': evil,
      'uploadpack.packObjectsHook': evil,
      'gpg.program': evil,
      'log.showSignature': 'true',
    },
    ...{
      'core.alternateRefsCommand': evil,
      'credential.helper': evil,
      'alias.clone': `!${evil}`,
    },
  }
  for (const [name, value] of Object.entries(settings)) inGit(repo, 'config', name, value)
  return repo
}

const sandbox = testSandbox()
afterAll(removeTemporary)

describe('a hostile repository', () => {
  let run: TestRun
  let reports: AnalysisReport[]

  beforeAll(async () => {
    await sandbox.check()
    run = createTestRun(sandbox)
    // Tests are its own programs, and are run; all else is not.
    await audit(run, hostile())
    reports = (await run.json<unknown>('AnalysisReport')).map(report => AnalysisReport.parse(report))
  }, 240_000)

  it('is examined by every analyzer', () => {
    const failed = run.tasks.filter(task => !task.result.ok)
    expect(failed.map(({ agent, result }) => [agent, result.ok ? '' : result.failure.message])).toEqual([])
    const names = [
      'lint',
      'types',
      'duplicates',
      'complexity',
      'dead-code',
      'dependencies',
      'import-cycles',
      'secrets',
      'hotspots',
    ]
    expect(reports.map(({ analyzer }) => analyzer).sort()).toEqual(names.sort())
    expect(
      reports
        .filter(({ checked, filesExamined }) => !checked || filesExamined === 0)
        .map(({ analyzer, notChecked }) => [analyzer, notChecked]),
    ).toEqual([])
  })

  it('executes nothing', async () => {
    const examiners = run.tasks.filter(({ agent }) => agent !== 'test.runner')
    for (const { output } of examiners) expect(output).not.toContain(mark)
    const [archive] = await run.bodies('Archive')
    const names = [...readTar(archive ?? new Uint8Array())].map(({ name }) => name)
    expect(names.filter(name => name.includes(mark))).toEqual([])
    for (const kind of ['AnalysisReport', 'EnvReport', 'AuditReport', 'RepositorySummary']) {
      for (const body of await run.bodies(kind)) expect(new TextDecoder().decode(body)).not.toContain(mark)
    }
  })

  it('keeps its links as links', async () => {
    const [archive] = await run.bodies('Archive')
    const links = [...readTar(archive ?? new Uint8Array())].filter(({ type }) => type === 'symlink')
    expect(links.map(({ target }) => target)).toContain('/etc/passwd')
  })

  it('has its faults found all the same', () => {
    const of = (name: string) => reports.find(({ analyzer }) => analyzer === name)?.findings ?? []
    expect(of('lint')).toContainEqual(expect.objectContaining({ file: 'src/good.ts', line: 2, rule: 'eqeqeq' }))
    expect(of('types')).toContainEqual(expect.objectContaining({ file: 'src/good.ts', line: 1, rule: 'TS2322' }))
    expect(of('lint')).toContainEqual(
      expect.objectContaining({ file: 'src/names/$(touch x).js', rule: 'no-cond-assign' }),
    )
  })

  it('shows no name and no text that could rewrite a screen', async () => {
    const hidden = /[\u0001-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/
    for (const ref of run.artifacts.filter(({ kind }) => kind !== 'Archive')) {
      const [body] = (await run.bodies(ref.kind)).slice(0, 1)
      expect(new TextDecoder().decode(body)).not.toMatch(hidden)
    }
    const files = reports.flatMap(({ findings }) => findings.map(({ file }) => file ?? ''))
    expect(files.filter(file => file.includes('\n') || file.startsWith('/') || file.includes('..'))).toEqual([])
    expect(reports.flatMap(({ notChecked }) => notChecked.map(({ why }) => why))).toContain(
      'the names of their files lead out of the repository or hold control characters',
    )
  })

  it('says what its huge lines and deep nests cost', async () => {
    const [report] = await run.json<AuditReport>('AuditReport')
    const told = report?.notChecked.map(({ what, why }) => `${what}: ${why}`).join('\n') ?? ''
    expect(told).toContain('src/huge-line.js')
    expect(told).toContain('src/deep.js')
  })
})
