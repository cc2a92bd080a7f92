/** What a driver promises of limits. */
import assert from 'node:assert/strict'
import { MiB } from '../limits.ts'
import { type ContractCase, refuses, sh, text, within } from './contract-case.ts'

export const limits: readonly ContractCase[] = [
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
          const alone = await sh(workspace, 'while :; do :; done', { limits: { cpuSeconds: 0.3, wallMs: 15_000 } })
          assert.deepEqual([alone.end, alone.exitCode], ['cpu-time', null])
          const shared = await sh(workspace, 'for i in 1 2 3 4; do (while :; do :; done) & done; wait', {
            limits: { cpuSeconds: 0.3, wallMs: 15_000 },
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
    name: 'counts what a call writes as its memory, and not what earlier ones wrote',
    run: sandbox =>
      within(
        sandbox,
        async workspace => {
          const memory = { limits: { memoryBytes: 100 * MiB } }
          assert.equal((await sh(workspace, 'head -c 70M /dev/zero > a', memory)).end, 'exit')
          assert.equal((await sh(workspace, 'head -c 70M /dev/zero > b && rm b', memory)).end, 'exit')
          assert.equal((await sh(workspace, 'head -c 130M /dev/zero > c', memory)).end, 'memory')
        },
        { limits: { workspaceBytes: 250 * MiB } },
      ),
  },
  {
    name: 'refuses processes beyond their number',
    run: sandbox =>
      within(sandbox, async workspace => {
        // bash goes on trying for half a minute; its first word is enough.
        const said = new AbortController()
        const result = await workspace.exec({
          argv: ['bash', '-c', 'for i in {1..40}; do sleep 30 & done; echo all'],
          limits: { pids: 20 },
          signal: said.signal,
          onOutput: () => said.abort(),
        })
        assert.match(text(result.stderr), /fork|resource/i)
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
