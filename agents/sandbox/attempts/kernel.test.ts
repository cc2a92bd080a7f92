/**
 * System calls that widen the surface of the kernel or lead out of the sandbox, each really made from inside. perl makes
 * them, because it can make any and is part of every Debian.
 */
import { describe, expect, test } from 'vitest'
import { refusedCalls, thisArchitecture } from '../bubblewrap/syscalls.ts'
import { type Inside, inside, testSandbox } from '../testing.ts'

const sandbox = testSandbox()
const EPERM = '1'
const ENOSYS = '38'

/** The error of a system call, as a number; `done` where it succeeded. */
async function errorOf({ sh }: Inside, number: number, ...args: string[]): Promise<string> {
  const { out } = await sh(`perl -e 'print syscall(${[number, ...args].join(', ')}) < 0 ? $!+0 : "done"'`)
  return out
}

describe('namespaces', () => {
  test('unshare and clone make none', () =>
    inside(sandbox, async workspace => {
      for (const kind of ['user', 'mount', 'net', 'pid', 'ipc', 'uts', 'cgroup']) {
        expect((await workspace.sh(`unshare --${kind} true`)).err, kind).toMatch(/not permitted/i)
      }
      const clone = thisArchitecture() === 'x64' ? 56 : 220
      for (const flag of ['0x10000000', '0x00020000', '0x20000000', '0x40000000', '0x7e020000']) {
        expect(await errorOf(workspace, clone, `${flag} | 17`, '0', '0', '0', '0'), flag).toBe(EPERM)
      }
      expect(await errorOf(workspace, 435, 'my $arguments = "\\0" x 88', '88'), 'clone3').toBe(ENOSYS)
      expect((await workspace.sh('(echo child) && ls / > /dev/null && echo $?')).out, 'ordinary clone').toBe('child\n0')
    }))

  test('none of somebody else is entered', () =>
    inside(sandbox, async ({ sh }) => {
      expect((await sh('nsenter --target 1 --mount --net true')).err).toMatch(/not permitted|permission denied/i)
    }))
})

describe('file systems', () => {
  test('nothing is mounted, no root is changed', () =>
    inside(sandbox, async ({ sh }) => {
      for (const command of [
        'mount -t tmpfs none /tmp',
        'mount --bind / /tmp',
        'umount /usr',
        'chroot /tmp true',
        'pivot_root / /tmp',
        'mount -o remount,rw /',
      ]) {
        const { exitCode } = await sh(command)
        expect(exitCode, command).not.toBe(0)
      }
    }))
})

describe('the filter', () => {
  test('refuses every call on its list', () =>
    inside(sandbox, async ({ sh }) => {
      const calls = [...refusedCalls(thisArchitecture())]
      const { out } = await sh(
        `perl -e 'for (@ARGV) { print syscall($_, 0, 0, 0, 0, 0, 0) < 0 ? $!+0 : "done", "\\n" }' ${calls.map(([, number]) => number).join(' ')}`,
      )
      const answers = out.split('\n')
      expect(answers).toHaveLength(calls.length)
      expect(calls.filter((_, index) => answers[index] !== EPERM).map(([name]) => name)).toEqual([])
    }))

  test('lets no process look into another', () =>
    inside(sandbox, async ({ sh }) => {
      const ptrace = refusedCalls(thisArchitecture()).get('ptrace')
      expect((await sh(`perl -e 'print syscall(${ptrace}, 16, 1, 0, 0) < 0 ? $!+0 : "attached"'`)).out).toBe(EPERM)
      // Its memory can be written to through /proc, so it must be worth no more than any other process.
      const status = "echo $(grep -E '^(CapPrm|CapEff|CapBnd|NoNewPrivs|Seccomp):' /proc/1/status | cut -f2)"
      expect((await sh(status)).out).toBe(`${`${'0'.repeat(16)} `.repeat(3)}1 2`)
    }))

  test('types nothing into a terminal', () =>
    inside(sandbox, async ({ sh }) => {
      for (const request of ['0x5412', '0x541c']) {
        expect((await sh(`perl -e 'my $x = "x"; ioctl(STDOUT, ${request}, $x); print STDERR $!+0'`)).err).toBe(EPERM)
      }
    }))

  test.runIf(thisArchitecture() === 'x64')('knows the calls of other modes of the processor', () =>
    inside(sandbox, async workspace => {
      const x32 = 0x40000000
      expect(await errorOf(workspace, x32 + 39), 'x32 getpid').toBe(ENOSYS)
      await workspace.writeFile('int80', thirtyTwoBitExit(42))
      const { exitCode, signal } = await workspace.sh('chmod +x int80; ./int80')
      expect(exitCode).not.toBe(42)
      // SIGSEGV where the kernel has no 32-bit calls at all.
      expect(['SIGSYS', 'SIGSEGV']).toContain(signal)
    }),
  )
})

/** A program that ends with a code by way of a 32-bit system call: one segment, header included, three instructions. */
function thirtyTwoBitExit(code: number): Uint8Array {
  const [base, headers] = [0x400000n, 64 + 56]
  // mov eax, 1 (exit) · mov ebx, code · int 0x80
  const instructions = Buffer.from([0xb8, 1, 0, 0, 0, 0xbb, code, 0, 0, 0, 0xcd, 0x80])
  const size = BigInt(headers + instructions.length)
  const header = Buffer.alloc(64)
  header.write('\x7fELF\x02\x01\x01', 'latin1')
  header.writeUInt16LE(2, 16)
  header.writeUInt16LE(62, 18)
  header.writeUInt32LE(1, 20)
  header.writeBigUInt64LE(base + BigInt(headers), 24)
  header.writeBigUInt64LE(64n, 32)
  for (const [offset, value] of [
    [52, 64],
    [54, 56],
    [56, 1],
  ] as const)
    header.writeUInt16LE(value, offset)
  const segment = Buffer.alloc(56)
  segment.writeUInt32LE(1, 0)
  segment.writeUInt32LE(5, 4)
  segment.writeBigUInt64LE(base, 16)
  segment.writeBigUInt64LE(base, 24)
  segment.writeBigUInt64LE(size, 32)
  segment.writeBigUInt64LE(size, 40)
  segment.writeBigUInt64LE(0x1000n, 48)
  return Buffer.concat([header, segment, instructions])
}
