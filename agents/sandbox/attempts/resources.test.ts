/** Ways to use up the machine, each tried from inside with small limits. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { MiB } from '../limits.ts'
import { inside, testSandbox } from '../testing.ts'

const sandbox = testSandbox()

/** Processes of this machine whose command line holds a text. */
function processesWith(text: string): string[] {
  return readdirSync('/proc').filter(pid => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text)
    } catch {
      return false
    }
  })
}

describe('processes', () => {
  test('a fork bomb stays small and ends with its call', () =>
    inside(sandbox, async ({ sh }) => {
      const name = `bomb${process.pid}`
      const { end } = await sh(`${name}() { ${name} | ${name} & }; ${name}; sleep 10; : ${name}`, {
        limits: { pids: 64, wallMs: 1_500 },
      })
      expect(['wall-time', 'exit', 'signal']).toContain(end)
      expect(processesWith(name)).toEqual([])
      expect((await sh('echo well')).out).toBe('well')
    }))

  test('an endless loop ends at its CPU time', () =>
    inside(sandbox, async ({ sh }) => {
      const { end, durationMs } = await sh('while :; do :; done', { limits: { cpuSeconds: 0.5 } })
      expect(end).toBe('cpu-time')
      expect(durationMs).toBeLessThan(5_000)
    }))

  test('no signal is ignored at the end of the wall clock', () =>
    inside(sandbox, async ({ sh }) => {
      const { end } = await sh('trap "" TERM HUP INT QUIT; while :; do sleep 1; done', { limits: { wallMs: 300 } })
      expect(end).toBe('wall-time')
    }))

  test('a process in a session of its own does not outlive the call', () =>
    inside(sandbox, async ({ sh }) => {
      const seconds = `7${process.pid}`
      const { end } = await sh(
        `setsid setsid sleep ${seconds} & disown; nohup sleep ${seconds} > /dev/null 2>&1 & sleep 0.1`,
      )
      expect(end).toBe('exit')
      expect(processesWith(seconds)).toEqual([])
    }))

  test('a process that keeps the outputs open does not keep the call open', () =>
    inside(sandbox, async ({ sh }) => {
      const { out, durationMs } = await sh('sleep 30 & echo done')
      expect(out).toBe('done')
      expect(durationMs).toBeLessThan(5_000)
    }))
})

describe('memory and files', () => {
  test('a memory bomb ends at its limit', () =>
    inside(sandbox, async ({ sh }) => {
      const { end } = await sh('tail /dev/zero', { limits: { memoryBytes: 64 * MiB } })
      expect(end).toBe('memory')
    }))

  test('/tmp and /dev/shm are bounded', () =>
    inside(sandbox, async ({ sh }) => {
      const limits = { memoryBytes: 256 * MiB }
      const { out } = await sh(
        'for f in /tmp/f /dev/shm/f; do head -c 1000M /dev/zero 2> /dev/null > $f; stat -c %s $f; rm $f; done',
        { limits },
      )
      const sizes = out.split('\n').map(Number)
      expect(sizes).toHaveLength(2)
      for (const size of sizes) expect(size).toBeLessThanOrEqual(128 * MiB)
    }))

  test('/tmp filled with empty files ends at the memory of the call', () =>
    inside(sandbox, async ({ sh }) => {
      const script = `perl -e 'for (my $i = 0; ; $i++) { open(my $f, ">", "/tmp/$i") or die "full" }'`
      const { end, exitCode } = await sh(script, { limits: { memoryBytes: 48 * MiB, cpuSeconds: 15 } })
      expect(end === 'memory' || exitCode !== 0, end).toBe(true)
    }))

  test('a workspace filled with files is full at its number', () =>
    inside(
      sandbox,
      async ({ sh }) => {
        const { out } = await sh('i=0; while (: > f$i) 2> /dev/null; do i=$((i + 1)); done; ls | wc -l')
        expect(Number(out)).toBeGreaterThan(50)
        expect(Number(out)).toBeLessThan(100)
      },
      { limits: { workspaceInodes: 100 } },
    ))

  test('a file of 1 GiB does not fit, a sparse one of 1 TiB neither', () =>
    inside(
      sandbox,
      async ({ sh }) => {
        const written = await sh('trap "" XFSZ; head -c 1G /dev/zero > big 2> /dev/null; stat -c %s big; rm big')
        expect(Number(written.out)).toBeLessThanOrEqual(32 * MiB)
        const sparse = await sh('trap "" XFSZ; truncate -s 1T sparse; stat -c %s sparse')
        expect(sparse.err).toMatch(/too large/i)
        expect(sparse.out).toBe('0')
      },
      { limits: { workspaceBytes: 32 * MiB } },
    ))
})

describe('outputs', () => {
  const limits = { outputBytes: 64 * 1024, wallMs: 30_000 }

  test('1 GiB on standard output is counted and not kept', () =>
    inside(sandbox, async workspace => {
      const before = process.memoryUsage.rss()
      const result = await workspace.exec({ argv: ['head', '-c', '1G', '/dev/zero'], limits })
      expect([result.end, result.stdout.length, result.stdoutBytes]).toEqual(['exit', 64 * 1024, 1024 * MiB])
      expect(process.memoryUsage.rss() - before).toBeLessThan(200 * MiB)
    }))

  test('1 GiB on standard error without a newline is counted and not kept', () =>
    inside(sandbox, async workspace => {
      const result = await workspace.exec({ argv: ['sh', '-c', 'head -c 1G /dev/zero >&2'], limits })
      expect([result.end, result.stderr.length, result.stderrBytes]).toEqual(['exit', 64 * 1024, 1024 * MiB])
    }))
})
