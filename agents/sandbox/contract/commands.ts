/** What a driver promises of a command: how it is started, fed and reported. */
import assert from 'node:assert/strict'
import { MiB } from '../limits.ts'
import { type ContractCase, refuses, sh, text, within } from './contract-case.ts'

export const commands: readonly ContractCase[] = [
  {
    name: 'reports the exit code and both outputs of a command',
    run: sandbox =>
      within(sandbox, async workspace => {
        const result = await sh(workspace, 'echo out; echo err >&2; exit 7')
        assert.deepEqual(
          [
            result.end,
            result.exitCode,
            result.signal,
            text(result.stdout),
            text(result.stderr),
            result.stdoutBytes,
            result.stderrBytes,
          ],
          ['exit', 7, null, 'out\n', 'err\n', 4, 4],
        )
        assert.ok(result.durationMs > 0)
      }),
  },
  {
    name: 'says 127 for a program that is not there and 126 for one that cannot be run',
    run: sandbox =>
      within(sandbox, async workspace => {
        assert.equal((await workspace.exec({ argv: ['no-such-program'] })).exitCode, 127)
        assert.equal((await workspace.exec({ argv: ['/etc/passwd'] })).exitCode, 126)
      }),
  },
  {
    name: 'reports the signal that ended a command',
    run: sandbox =>
      within(sandbox, async workspace => {
        const result = await sh(workspace, 'kill -SEGV $$')
        assert.deepEqual([result.end, result.exitCode, result.signal], ['signal', null, 'SIGSEGV'])
      }),
  },
  {
    name: 'passes arguments, standard input and environment byte for byte',
    run: sandbox =>
      within(sandbox, async workspace => {
        const result = await workspace.exec({
          argv: ['sh', '-c', 'printf "%s|%s|" "$1" "$VALUE"; cat', 'sh', `a 'b" $c\n*`],
          env: { VALUE: 'ü "q" $x' },
          stdin: 'from stdin',
        })
        assert.equal(text(result.stdout), `a 'b" $c\n*|ü "q" $x|from stdin`)
      }),
  },
  {
    name: 'has inputs and outputs that can be opened by name',
    run: sandbox =>
      within(sandbox, async workspace => {
        const script = 'echo out > /dev/stdout; echo err > /dev/stderr; cat /dev/stdin'
        const result = await sh(workspace, script, { stdin: 'in' })
        assert.deepEqual([text(result.stdout), text(result.stderr)], ['out\nin', 'err\n'])
      }),
  },
  {
    name: 'gives and takes more than fits into a pipe',
    run: sandbox =>
      within(sandbox, async workspace => {
        const bytes = new Uint8Array(900_000).fill(120)
        const result = await workspace.exec({ argv: ['cat'], stdin: bytes })
        assert.deepEqual([result.stdoutBytes, result.exitCode], [bytes.length, 0])
        const unread = await workspace.exec({ argv: ['true'], stdin: bytes })
        assert.equal(unread.exitCode, 0)
      }),
  },
  {
    name: 'has nothing on standard input unless given, and nothing in the environment but its own',
    run: sandbox =>
      within(sandbox, async workspace => {
        assert.equal(text((await workspace.exec({ argv: ['cat'] })).stdout), '')
        const names = text((await workspace.exec({ argv: ['env'] })).stdout)
          .replaceAll(/=.*/g, '')
          .trim()
          .split('\n')
          .sort()
        assert.deepEqual(names, ['HOME', 'LANG', 'PATH', 'PWD', 'USER'])
      }),
  },
  {
    name: 'starts in the workspace or below it, and nowhere else',
    run: sandbox =>
      within(sandbox, async workspace => {
        await sh(workspace, 'mkdir -p a/b')
        assert.equal(text((await workspace.exec({ argv: ['pwd'] })).stdout), '/work\n')
        assert.equal(text((await workspace.exec({ argv: ['pwd'], cwd: '/work/a/b' })).stdout), '/work/a/b\n')
        assert.equal(text((await workspace.exec({ argv: ['pwd'], cwd: 'a' })).stdout), '/work/a\n')
        await refuses('BAD_INPUT', () => workspace.exec({ argv: ['pwd'], cwd: '/work/missing' }))
        await refuses('BAD_INPUT', () => workspace.exec({ argv: ['pwd'], cwd: '/usr' }))
        await refuses('BAD_INPUT', () => workspace.exec({ argv: ['pwd'], cwd: '/work/../usr' }))
      }),
  },
  {
    name: 'refuses requests that no process could be started with',
    run: sandbox =>
      within(sandbox, async workspace => {
        await refuses('BAD_INPUT', () => workspace.exec({ argv: [] }))
        await refuses('BAD_INPUT', () => workspace.exec({ argv: ['echo', 'a\0b'] }))
        await refuses('BAD_INPUT', () => workspace.exec({ argv: ['env'], env: { 'A=B': 'c' } }))
        await refuses('BAD_INPUT', () => workspace.exec({ argv: ['echo', 'x'.repeat(3 * MiB)] }))
        await refuses('BAD_INPUT', () => workspace.exec({ argv: ['true'], limits: { wallMs: -1 } }))
        await refuses('BAD_INPUT', () => sandbox.open({ label: 'contract', limits: { memoryBytes: Number.NaN } }))
      }),
  },
  {
    name: 'ends with the error of a listener that fails',
    run: sandbox =>
      within(sandbox, async workspace => {
        const failure = new Error('of the listener')
        const call = workspace.exec({
          argv: ['sh', '-c', 'echo on; sleep 60'],
          onOutput: () => {
            throw failure
          },
        })
        await assert.rejects(call, failure)
        assert.equal((await workspace.exec({ argv: ['true'] })).exitCode, 0)
      }),
  },
  {
    name: 'offers git and Node on PATH',
    run: sandbox =>
      within(sandbox, async workspace => {
        assert.equal(
          text((await workspace.exec({ argv: ['node', '-p', 'process.version'] })).stdout).trim(),
          process.version,
        )
        const git = await sh(
          workspace,
          'git init -q . && echo x > f && git add f && git commit -qm first && git write-tree',
        )
        assert.match(text(git.stdout), /^[0-9a-f]{40}\n$/, text(git.stderr))
      }),
  },
]
