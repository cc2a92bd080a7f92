/** The tools as a model meets them, in the real sandbox: what comes back, and what they say where they cannot. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createCodeRun, sourceWith } from '../code/testing.ts'
import { type CodeWorkspace, openCode } from '../code/workspace.ts'
import { callTool } from '../loop/call.ts'
import { createTaint } from '../loop/taint.ts'
import { inTurn, scriptedTask } from '../loop/testing.ts'
import { testSandbox } from '../sandbox/testing.ts'
import { createToolbox } from '../sandboxed/toolbox.ts'
import { noNetwork } from './network.ts'
import { offeredTools } from './offer.ts'
import type { ToolEnv } from './tool.ts'

vi.setConfig({ testTimeout: 60_000 })
const sandbox = testSandbox()
const toolbox = createToolbox()
const long = Array.from({ length: 2_000 }, (_, index) => `const value${index} = ${index} // some text to fill the line`)
const files = {
  'package.json': '{"scripts":{"test":"node --test"}}',
  'src/sum.js':
    'export function sum(numbers) {\n  let total = 0\n  for (const n of numbers) {\n    total -= n\n  }\n  return total\n}\n',
  'src/twice.js': 'a()\nb()\na()\n',
  'src/windows.txt': 'one\r\ntwo\r\nthree\r\n',
  'src/long.js': `${long.join('\n')}\n`,
  'test/sum.test.js':
    "import assert from 'node:assert'\nimport { test } from 'node:test'\nimport { sum } from '../src/sum.js'\ntest('adds', () => assert.equal(sum([1, 2]), 3))\ntest('nothing', () => assert.equal(sum([]), 0))\n",
  'test/other.test.js': "import { test } from 'node:test'\ntest('other', () => {})\n",
  'wait/hangs.mjs': "import { test } from 'node:test'\ntest('ends', () => {\n  for (;;);\n})\n",
  'picture.bin': 'PNG\0\0',
}

let env: ToolEnv
let code: CodeWorkspace
const names = [
  ...(['list', 'read', 'search', 'edit', 'write', 'shell', 'run_tests', 'git_status', 'git_diff'] as const),
  ...(['git_log', 'git_commit', 'fetch', 'web_search'] as const),
]

const use = async (name: string, input: Parameters<typeof callTool>[0]['input']) => {
  const commit = async (message: string) => {
    const made = await code.commit(message)
    return made.commit === null ? null : { commit: made.commit, files: made.files }
  }
  const tools = offeredTools(names, { source: true, commit, network: noNetwork })
  const taint = createTaint({ trustRepository: true })
  return callTool({ type: 'tool-call', id: 'a', name, input, opaque: null }, { tools, env, taint })
}
const told = async (name: string, input: Parameters<typeof callTool>[0]['input']) => (await use(name, input)).text

beforeAll(async () => {
  await sandbox.check()
  const run = createCodeRun(sandbox)
  const { context } = scriptedTask({ sandbox, script: inTurn([]), blobs: run.blobs })
  const source = await sourceWith(run, sandbox, files)
  code = await openCode(context, toolbox, source)
  env = { context, toolbox, desk: code, environment: {}, handles: new Map(), tainted: () => false }
})
afterAll(() => code.close())

describe('list, read, search', () => {
  it('lists with sizes, and says what it does not enter', async () => {
    expect(await told('list', {})).toContain('src/\nsrc/long.js (')
    expect(await told('list', { path: 'test', depth: 1 })).toMatch(/^test\/other\.test\.js \(\d+ bytes\)\ntest\/sum/)
    expect(await told('list', { path: 'src/sum.js' })).toBe('src/sum.js is a file. Use read.')
  })

  it('numbers lines, and gives a range', async () => {
    expect(await told('read', { path: 'src/twice.js' })).toBe('    1\ta()\n    2\tb()\n    3\ta()')
    expect(await told('read', { path: '/work/repo/src/sum.js', from: 4, to: 4 })).toBe('    4\t    total -= n')
    expect(await told('read', { path: 'src/windows.txt' })).toBe('    1\tone\n    2\ttwo\n    3\tthree')
  })

  it('gives a long file in pieces that say how to go on', async () => {
    const first = await told('read', { path: 'src/long.js' })
    const next = /\[lines 1 to (\d+) of 2000; read on with "from": (\d+)\]$/.exec(first)
    expect(Number(next?.[2])).toBe(Number(next?.[1]) + 1)
    expect(await told('read', { path: 'src/long.js', from: Number(next?.[2]) })).toContain(`const value${next?.[1]} =`)
  })

  it.each([
    [{ path: 'src/sums.js' }, 'src/sums.js does not exist.'],
    [{ path: 'lib/sum.js' }, 'Did you mean src/sum.js'],
    [{ path: '../secret' }, 'leads out of the repository'],
    [{ path: '/etc/passwd' }, 'is not in the repository'],
    [{ path: 'picture.bin' }, 'is no text'],
    [{ path: 'src' }, 'is a directory. Use list.'],
    [{ path: 'src/twice.js', from: 9 }, 'has 3 lines, so there is no line 9'],
  ])('read %j says %s', async (input, said) => {
    expect(await use('read', input)).toMatchObject({ isError: true, text: expect.stringContaining(said) })
  })

  it('searches', async () => {
    expect(await told('search', { pattern: 'total [-+]=', glob: '*.js' })).toBe('src/sum.js:4:     total -= n')
    expect(await told('search', { pattern: 'a\\(\\)', path: 'src', glob: 'src/**/*.{js,ts}' })).toBe(
      'src/twice.js:1: a()\nsrc/twice.js:3: a()',
    )
    expect(await told('search', { pattern: 'value\\d+ =' })).toContain('[… 1800 more lines match')
    expect(await told('search', { pattern: 'nowhere at all' })).toMatch(/^No line matches .* in \d+ files/)
    expect(await use('search', { pattern: '(' })).toMatchObject({
      isError: true,
      text: expect.stringContaining('Put a \\'),
    })
  })

  it('does not go through a link that leads out', async () => {
    await use('shell', { command: 'ln -s /etc out; ln -s src/sum.js in' })
    expect(await told('read', { path: 'out/passwd' })).toBe('out/passwd leads out of the repository through a link.')
    expect(await told('write', { path: 'out/x', content: '' })).toContain('leads out of the repository')
    expect(await told('read', { path: 'in', from: 1, to: 1 })).toContain('export function sum')
    await use('shell', { command: 'rm out in' })
  })
})

describe('edit, write', () => {
  it('changes one place and shows it', async () => {
    expect(await told('edit', { path: 'src/sum.js', old: 'let total = 0', new: 'let total = 0 // begin' })).toBe(
      'Changed src/sum.js in one place. It reads now:\n    1\texport function sum(numbers) {\n    2\t  let total = 0 // begin\n    3\t  for (const n of numbers) {\n    4\t    total -= n',
    )
  })

  it.each([
    [{ old: 'a()', new: 'c()' }, '`old` stands 2 times in src/twice.js, beginning in the lines 1, 3.'],
    [{ old: 'b();', new: 'c()' }, 'The lines that resemble it most'],
    [
      { old: ' a()\n  b()', new: '' },
      'With other white space it stands here; copy it exactly:\n    1\ta()\n    2\tb()',
    ],
    [{ old: '    2\tb()', new: 'c()' }, 'Leave out the line numbers'],
    [{ old: 'zzzz', new: 'c()' }, 'Nothing in the file resembles it'],
    [{ old: 'b()', new: 'b()' }, 'nothing would change'],
    [{ old: 'b()', new: 'b\u202e()' }, 'holds the control character U+202E in its line 1'],
  ])('edit %j is refused: %s', async (pieces, said) => {
    const result = await use('edit', { path: 'src/twice.js', ...pieces })
    expect(result).toMatchObject({ isError: true, text: expect.stringContaining(said) })
    expect(await told('read', { path: 'src/twice.js' })).toBe('    1\ta()\n    2\tb()\n    3\ta()')
  })

  it('replaces all where it is told to, and keeps the line ends of a file', async () => {
    expect(await told('edit', { path: 'src/twice.js', old: 'a()', new: 'a(1)', all: true })).toContain('in 2 places')
    expect(await told('edit', { path: 'src/windows.txt', old: 'one\ntwo', new: '1\n2' })).toContain(
      '    1\t1\n    2\t2',
    )
    expect(await told('shell', { command: 'od -c src/windows.txt | head -1' })).toContain('1  \\r  \\n   2  \\r  \\n')
  })

  it('writes, makes directories, and leaves what is Git its own', async () => {
    expect(await told('write', { path: 'new/deep/a.txt', content: 'x\ny\n' })).toBe(
      'Made new/deep/a.txt: 2 lines, 4 bytes.',
    )
    expect(await told('write', { path: 'new/deep/a.txt', content: 'x\ny\n' })).toContain('nothing was changed')
    expect(await told('write', { path: 'new/deep/a.txt/b', content: '' })).toContain('a file stands in the way')
    expect(await told('write', { path: '.git/hooks/post-commit', content: 'x' })).toContain("is Git's own")
    expect(await told('write', { path: 'src', content: 'x' })).toBe('src is a directory.')
  })
})

describe('shell', () => {
  it('tells how it ended and what was written, in order', async () => {
    const { text, isError } = await use('shell', { command: 'echo out; echo err >&2; echo out2; exit 3' })
    expect(text).toMatch(/^exit code 3(?:, \d+ s)?\nout\nerr\nout2\n$/)
    expect(isError).toBe(true)
    expect(await told('shell', { command: 'true' })).toMatch(/\n\(it wrote nothing\)$/)
  })

  it('cuts long output in the middle, with a handle to the rest', async () => {
    const text = await told('shell', { command: 'seq 1 9000' })
    const [, handle = '', from = ''] = /read_more {"handle": "(\w+)", "from": (\d+)}/.exec(text) ?? []
    expect(text.length).toBeLessThan(13_000)
    expect(text).toMatch(/\n1\n2\n/)
    expect(text).toMatch(/\n9000\n$/)
    const more = await told('read_more', { handle, from: Number(from) })
    const line = Number(/\n(\d+)\n\[…/.exec(text)?.[1])
    expect(more.split('\n')[0]).toBe(String(line + 1))
    expect(await use('read_more', { handle: 'f'.repeat(64) })).toMatchObject({ isError: true })
  })

  it('leaves nothing behind that Python compiles', async () => {
    const { text } = await use('shell', {
      command: 'echo "x = 1" > once.py; python3 -c "import once"; ls -d __pycache__; rm once.py',
    })
    expect(text).toContain('No such file')
  })

  it('stops what does not end, and has no network', async () => {
    expect(await told('shell', { command: 'sleep 60', timeoutSeconds: 1 })).toMatch(/^stopped at its time limit/)
    const { text } = await use('shell', {
      command: "node -e \"fetch('http://1.1.1.1').catch(e => console.log('no'))\"",
    })
    expect(text).toContain('no')
  })

  it('drops what could rewrite a screen', async () => {
    expect(await told('shell', { command: "printf 'a\\033[2Jb\\u202ec\\0d'" })).toMatch(/\na\[2Jbc\uFFFDd$/)
  })
})

describe('run_tests', () => {
  it('counts, and tells each failure with its place', async () => {
    const { text, isError } = await use('run_tests', {})
    expect(text).toMatch(/^2 passed, 1 failed, 0 skipped \(node:test\)\nFAILED adds \(test\/sum\.test\.js:4\)\n {4}/)
    expect(text).toContain('-3 == 3')
    expect(isError).toBe(false)
  })

  it('runs only the files that it is given', async () => {
    expect(await told('run_tests', { files: ['test/other.test.js'] })).toBe('1 passed, 0 failed, 0 skipped (node:test)')
  })

  it('ends a test that hangs after the given time', async () => {
    const { text } = await use('run_tests', { files: ['wait/hangs.mjs'], timeoutSeconds: 2 })
    expect(text).toContain('The tests did not end in time.')
  })

  it('says why nothing was run', async () => {
    const { text, isError } = await use('run_tests', { runner: 'vitest' })
    expect(text).toMatch(/^no tests were run \(vitest\)\nNot checked: .* vitest is not installed/)
    expect(isError).toBe(true)
  })
})

describe('git', () => {
  it('shows what is changed, new files included, and commits it', async () => {
    expect(await told('git_status', {})).toMatch(/^At [0-9a-f]{7,} .*\n M src\/sum\.js/)
    const diff = await told('git_diff', { path: 'src/sum.js' })
    expect(diff).toContain('-  let total = 0\n+  let total = 0 // begin')
    expect(await told('git_diff', { path: 'new' })).toContain('+++ b/new/deep/a.txt')
    expect(await told('git_commit', { message: 'Change things' })).toMatch(/^Committed 4 files as [0-9a-f]{12}\.$/)
    expect(await told('git_status', {})).toContain('Nothing is changed since then.')
    expect(await told('git_log', { count: 1 })).toContain('Change things')
    expect(await told('git_diff', { from: 'HEAD~1', path: 'src/sum.js' })).toContain('// begin')
    expect(await use('git_commit', { message: 'Again' })).toMatchObject({ isError: true })
    expect(await told('git_diff', { from: '--output=/tmp/x' })).toBe('--output=/tmp/x is no commit.')
    expect(await told('git_diff', { from: 'nowhere' })).toContain('There is no commit nowhere here')
  })
})

describe('what a model gets wrong', () => {
  it.each([
    ['nosuch', {}, /^There is no tool nosuch for you\. Yours are: list, read, .*submit\.$/],
    ['fetch', { url: 'https://example.com' }, /^There is no tool fetch for you/],
    [
      'read',
      '{"path": ',
      /^The arguments of read are not a JSON object: {"path": \. Nothing was done\. Write {"path", "from"\?, "to"\?}\.$/,
    ],
    [
      'read',
      { file: 'a' },
      /^The arguments of read do not fit\. Nothing was done\.\n- path: is missing; it must be text/,
    ],
    ['read', [], /not a JSON object/],
    ['shell', { command: 'x', timeoutSeconds: 'long' }, /timeoutSeconds: must be a number, not text/],
  ])('%s %j', async (name, input, said) => {
    expect(await use(name, input as never)).toMatchObject({
      isError: true,
      malformed: true,
      text: expect.stringMatching(said),
    })
  })

  it('takes arguments that were written as a text', async () => {
    expect(await told('read', '{"path": "src/sum.js", "from": 1, "to": 1}')).toContain('export function sum')
  })
})
