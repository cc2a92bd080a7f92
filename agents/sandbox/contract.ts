/**
 * What every driver of a sandbox keeps, as cases that any test runner can run: each opens its own workspaces and throws
 * where the promise is broken. A new driver is a driver when all of these pass against it.
 */
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ErrorCode, OrreryError } from '../../domain/errors.ts'
import type { ExecResult, Sandbox, Workspace, WorkspaceRequest } from '../../domain/ports.ts'
import { MiB } from './limits.ts'

export type ContractCase = { name: string; run(sandbox: Sandbox): Promise<void> }

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString()

async function within<T>(
  sandbox: Sandbox,
  use: (workspace: Workspace) => Promise<T>,
  request: Partial<WorkspaceRequest> = {},
): Promise<T> {
  const workspace = await sandbox.open({ label: 'contract', ...request })
  try {
    return await use(workspace)
  } finally {
    await workspace.close()
  }
}

const sh = (workspace: Workspace, script: string, options: object = {}): Promise<ExecResult> =>
  workspace.exec({ argv: ['sh', '-c', script], ...options })

async function refuses(code: ErrorCode, attempt: () => Promise<unknown>): Promise<void> {
  await assert.rejects(attempt, error => {
    assert.ok(error instanceof OrreryError, `not an OrreryError: ${error}`)
    assert.equal(error.code, code, error.message)
    return true
  })
}

async function withDirectory<T>(use: (path: string) => Promise<T>): Promise<T> {
  const path = await mkdtemp(join(tmpdir(), 'orrery-contract-'))
  try {
    return await use(path)
  } finally {
    await rm(path, { recursive: true })
  }
}

const commands: ContractCase[] = [
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

const lifetimes: ContractCase[] = [
  {
    name: 'keeps files from call to call, and no process',
    run: sandbox =>
      within(sandbox, async workspace => {
        await sh(workspace, '(setsid sh -c "sleep 2; echo late > late" &) ; echo now > now')
        const result = await sh(workspace, 'cat now; ls /proc | grep -c "^[0-9]"; sleep 2.2; ls')
        // The reaper, this shell and the three parts of the pipe at most.
        const [now, processes, ...files] = text(result.stdout).trim().split('\n')
        assert.equal(now, 'now')
        assert.ok(Number(processes) <= 5, `${processes} processes`)
        assert.deepEqual(files, ['now'])
      }),
  },
  {
    name: 'keeps workspaces apart',
    run: sandbox =>
      within(sandbox, one =>
        within(sandbox, async other => {
          await one.writeFile('secret', 'x')
          await refuses('NOT_FOUND', () => other.readFile('secret'))
        }),
      ),
  },
  {
    name: 'ends what runs when it is closed, and runs nothing afterwards',
    run: async sandbox => {
      const workspace = await sandbox.open({ label: 'contract' })
      const running = workspace.exec({ argv: ['sleep', '60'] })
      await new Promise(resolve => setTimeout(resolve, 100))
      await workspace.close()
      assert.equal((await running).end, 'cancelled')
      await workspace.close()
      await refuses('CONFLICT', () => workspace.exec({ argv: ['true'] }))
    },
  },
  {
    name: 'ends a call when its signal says so, also before it began',
    run: sandbox =>
      within(sandbox, async workspace => {
        const began = performance.now()
        const late = await workspace.exec({ argv: ['sleep', '60'], signal: AbortSignal.timeout(150) })
        assert.deepEqual([late.end, late.exitCode], ['cancelled', null])
        assert.ok(performance.now() - began < 10_000)
        const early = await workspace.exec({ argv: ['touch', 'ran'], signal: AbortSignal.abort() })
        assert.equal(early.end, 'cancelled')
        await refuses('NOT_FOUND', () => workspace.readFile('ran'))
      }),
  },
]

const limits: ContractCase[] = [
  {
    name: 'says which limits were applied',
    run: sandbox =>
      within(
        sandbox,
        async workspace => {
          assert.equal(workspace.applied.memoryBytes, 128 * MiB)
          assert.equal(workspace.applied.workspaceBytes, 8 * MiB)
          assert.equal(workspace.applied.workspaceInodes, 50)
          assert.equal(workspace.applied.pids, 128)
        },
        { limits: { memoryBytes: 128 * MiB, workspaceBytes: 8 * MiB, workspaceInodes: 50 } },
      ),
  },
  {
    name: 'ends a call at its wall clock, whatever signals it ignores',
    run: sandbox =>
      within(sandbox, async workspace => {
        const result = await sh(workspace, 'trap "" TERM HUP INT; echo on; while :; do sleep 1; done', {
          limits: { wallMs: 300 },
        })
        assert.deepEqual([result.end, result.exitCode, text(result.stdout)], ['wall-time', null, 'on\n'])
        assert.ok(result.durationMs < 5_000, `${result.durationMs} ms`)
      }),
  },
  {
    name: 'ends a call at its CPU time, also where many processes share it',
    run: sandbox =>
      within(
        sandbox,
        async workspace => {
          const alone = await sh(workspace, 'while :; do :; done', { limits: { cpuSeconds: 1, wallMs: 15_000 } })
          assert.deepEqual([alone.end, alone.exitCode], ['cpu-time', null])
          const shared = await sh(workspace, 'for i in 1 2 3 4; do (while :; do :; done) & done; wait', {
            limits: { cpuSeconds: 1, wallMs: 15_000 },
          })
          assert.equal(shared.end, 'cpu-time')
        },
        { limits: { cpus: 2 } },
      ),
  },
  {
    name: 'ends a call at its memory',
    run: sandbox =>
      within(sandbox, async workspace => {
        const result = await workspace.exec({
          argv: ['node', '-e', 'const a = []; for (;;) a.push(Buffer.alloc(1 << 20, 1))'],
          limits: { memoryBytes: 128 * MiB },
        })
        assert.deepEqual([result.end, result.exitCode], ['memory', null])
      }),
  },
  {
    name: 'refuses processes beyond their number',
    run: sandbox =>
      within(sandbox, async workspace => {
        const script = 'i=0; while [ $i -lt 40 ]; do sleep 5 & i=$((i + 1)); done; echo all'
        const result = await workspace.exec({ argv: ['bash', '-c', script], limits: { pids: 20, wallMs: 4_000 } })
        assert.doesNotMatch(text(result.stdout), /all/)
      }),
  },
  {
    name: 'keeps the beginning of the output, counts the rest and shows all of it while it comes',
    run: sandbox =>
      within(sandbox, async workspace => {
        let seen = 0
        const result = await sh(workspace, 'head -c 3000000 /dev/zero | tr "\\0" x; echo e >&2', {
          limits: { outputBytes: 1_000 },
          onOutput: (stream: string, chunk: Uint8Array) => {
            if (stream === 'stdout') seen += chunk.length
          },
        })
        assert.deepEqual(
          [result.stdout.length, result.stdoutBytes, seen, text(result.stderr)],
          [1_000, 3_000_000, 3_000_000, 'e\n'],
        )
        assert.equal(text(result.stdout), 'x'.repeat(1_000))
      }),
  },
  {
    name: 'shows output while the command still runs',
    run: sandbox =>
      within(sandbox, async workspace => {
        const stop = new AbortController()
        const result = await sh(workspace, 'echo early; sleep 60', {
          signal: stop.signal,
          onOutput: () => stop.abort(),
        })
        assert.deepEqual([result.end, text(result.stdout)], ['cancelled', 'early\n'])
      }),
  },
  {
    name: 'bounds the bytes and the files of a workspace',
    run: sandbox =>
      within(
        sandbox,
        async workspace => {
          const bytes = await sh(workspace, 'head -c 20000000 /dev/zero > big; stat -c %s big; rm big')
          assert.ok(Number(text(bytes.stdout)) <= 8 * MiB, text(bytes.stdout))
          const files = await sh(workspace, 'i=0; while [ $i -lt 200 ] && : > f$i; do i=$((i + 1)); done; ls | wc -l')
          assert.ok(Number(text(files.stdout)) < 50, text(files.stdout))
          await sh(workspace, 'rm f*')
          await refuses('LIMIT_EXCEEDED', () => workspace.writeFile('big', new Uint8Array(9 * MiB)))
        },
        { limits: { workspaceBytes: 8 * MiB, workspaceInodes: 50 } },
      ),
  },
]

const files: ContractCase[] = [
  {
    name: 'writes and reads files byte for byte, making directories on the way',
    run: sandbox =>
      within(sandbox, async workspace => {
        const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251)
        await workspace.writeFile('a/b/c.bin', bytes)
        assert.deepEqual(Buffer.from(await workspace.readFile('/work/a/b/c.bin')), Buffer.from(bytes))
        await workspace.writeFile('a/b/c.bin', 'shorter')
        assert.equal(text(await workspace.readFile('a/b/c.bin')), 'shorter')
        await workspace.writeFile('-n --help *', '')
        assert.equal((await workspace.readFile('-n --help *')).length, 0)
        await workspace.writeFile(' ü\nnew line ', 'odd')
        assert.equal(text(await workspace.readFile(' ü\nnew line ')), 'odd')
      }),
  },
  {
    name: 'reads regular files of a bounded size only',
    run: sandbox =>
      within(sandbox, async workspace => {
        await sh(
          workspace,
          'echo x > f; ln -s f link; mkdir d; echo y > d/g; ln -s d dlink; mkfifo pipe; ln -s /etc/passwd out; head -c 2000 /dev/zero > z',
        )
        for (const path of ['link', 'dlink/g', 'pipe', 'out', 'd'])
          await refuses('BAD_INPUT', () => workspace.readFile(path))
        for (const path of ['missing', 'd/missing', 'missing/too'])
          await refuses('NOT_FOUND', () => workspace.readFile(path))
        await refuses('BAD_INPUT', () => workspace.readFile('f/below-a-file'))
        await refuses('LIMIT_EXCEEDED', () => workspace.readFile('z', 1_999))
        assert.equal((await workspace.readFile('z', 2_000)).length, 2_000)
      }),
  },
  {
    name: 'writes through no link and into no special file',
    run: sandbox =>
      within(sandbox, async workspace => {
        await sh(workspace, 'echo kept > f; ln -s f link; mkdir d; ln -s d dlink; mkfifo pipe')
        for (const path of ['link', 'dlink/g', 'pipe', 'd', 'f/g'])
          await refuses('BAD_INPUT', () => workspace.writeFile(path, 'x'))
        assert.equal(text((await sh(workspace, 'cat f; ls d')).stdout), 'kept\n')
      }),
  },
  {
    name: 'packs a tree and unpacks it somewhere else',
    run: sandbox =>
      within(sandbox, async one => {
        await sh(
          one,
          `mkdir -p t/${'deep/'.repeat(40)}; echo x > t/f; chmod 755 t/f; ln -s f t/link; echo y > "t/${'n'.repeat(200)}"; mkdir t/empty`,
        )
        const tar = await one.pack('t', 10 * MiB)
        await within(sandbox, async other => {
          await other.unpack('copy/of', tar)
          const list = 'find . -printf "%y %m %p %l\\n" | sort'
          assert.equal(
            text((await sh(other, list, { cwd: 'copy/of' })).stdout),
            text((await sh(one, list, { cwd: 't' })).stdout),
          )
        })
        await refuses('LIMIT_EXCEEDED', () => one.pack('t', 1_000))
        await refuses('NOT_FOUND', () => one.pack('missing', MiB))
        await refuses('BAD_INPUT', () => one.pack('t/f', MiB))
      }),
  },
  {
    name: 'packs and unpacks no pipe',
    run: sandbox =>
      within(sandbox, async workspace => {
        await sh(workspace, 'mkdir t; mkfifo t/pipe')
        await refuses('BAD_INPUT', () => workspace.pack('t', MiB))
        const tar = (await sh(workspace, 'tar -cf - t')).stdout
        await refuses('BAD_INPUT', () => workspace.unpack('u', tar))
      }),
  },
  {
    name: 'unpacks nothing that is damaged or leads elsewhere',
    run: sandbox =>
      within(sandbox, async workspace => {
        const make = async (script: string) => (await sh(workspace, script)).stdout
        await sh(workspace, 'mkdir d; echo x > d/f; ln d/f d/hard')
        await refuses('BAD_INPUT', async () => workspace.unpack('u', await make('tar -cPf - /work/d/f')))
        await refuses('BAD_INPUT', async () => workspace.unpack('u', await make('cd d; tar -cPf - ../d/f')))
        await refuses('BAD_INPUT', async () => workspace.unpack('u', await make('tar -cf - d')))
        await refuses('BAD_INPUT', async () => workspace.unpack('u', (await make('tar -cf - d/f')).subarray(0, 600)))
        await refuses('BAD_INPUT', () => workspace.unpack('u', new Uint8Array(1_024).fill(65)))
      }),
  },
]

const mounts: ContractCase[] = [
  {
    name: 'shows host directories and files read-only',
    run: sandbox =>
      withDirectory(async directory => {
        await writeFile(join(directory, 'f'), 'from the host')
        const request = {
          mounts: [
            { hostPath: directory, path: '/repo' },
            { hostPath: join(directory, 'f'), path: '/mnt/one/file' },
          ],
        }
        await within(
          sandbox,
          async workspace => {
            assert.equal(text((await sh(workspace, 'cat /repo/f /mnt/one/file')).stdout), 'from the hostfrom the host')
            const write = await sh(
              workspace,
              'touch /repo/g; echo x > /repo/f; echo x > /mnt/one/file; rm -f /repo/f; ls /repo',
            )
            assert.equal(text(write.stdout), 'f\n')
            assert.equal(text(write.stderr).match(/read-only/gi)?.length, 4, text(write.stderr))
          },
          request,
        )
      }),
  },
  {
    name: 'mounts nothing that is missing, special, or in the way of the sandbox itself',
    run: sandbox =>
      withDirectory(async directory => {
        const open = (hostPath: string, path: string) => () =>
          within(sandbox, async () => {}, { mounts: [{ hostPath, path }] })
        for (const path of [
          '/',
          '/usr',
          '/usr/local/x',
          '/etc',
          '/work',
          '/work/x',
          '/proc/x',
          'relative',
          '/a/../usr',
          '/opt',
        ]) {
          await refuses('BAD_INPUT', open(directory, path))
        }
        for (const source of [join(directory, 'missing'), '/', '/proc/self', '/dev/null', 'relative']) {
          await refuses('BAD_INPUT', open(source, '/repo'))
        }
      }),
  },
]

export const sandboxContract: readonly ContractCase[] = [...commands, ...lifetimes, ...limits, ...files, ...mounts]
