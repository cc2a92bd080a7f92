/** Drivers and machines that do not keep their word: nothing runs, and the reason is said. */
import { execFile } from 'node:child_process'
import { chmodSync, copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { SandboxReport } from '../../../domain/ports.ts'
import { findBwrap, project, testSandbox, withDirectory } from '../testing.ts'

/** A bwrap that says it is one and then does something else; the real one lies beside it. */
async function withBwrap<T>(script: string, use: (bwrapPath: string) => Promise<T>): Promise<T> {
  return withDirectory(async directory => {
    const path = join(directory, 'bwrap')
    chmodSync(directory, 0o755)
    copyFileSync(findBwrap(), join(directory, 'real'))
    writeFileSync(
      path,
      `#!/bin/bash\nif [ "$1" = --version ]; then echo bubblewrap 0.8.0; exit; fi\nreal=${directory}/real\n${script}\n`,
    )
    for (const file of [path, join(directory, 'real')]) chmodSync(file, 0o755)
    return use(path)
  })
}

async function refusal(bwrapPath: string): Promise<SandboxReport> {
  const sandbox = testSandbox({ bwrapPath })
  const report = await sandbox.check()
  expect(report.available).toBe(false)
  expect(report.reason).not.toBe('')
  expect(report.mend).not.toBe('')
  await expect(sandbox.open({ label: 'test' })).rejects.toMatchObject({
    code: 'SANDBOX_UNAVAILABLE',
    hint: report.mend,
  })
  return report
}

describe('nothing runs', () => {
  test('where bubblewrap is missing', async () => {
    const report = await refusal('/nowhere/bwrap')
    expect(report.reason).toContain('bubblewrap')
    expect(report.mend).toContain('install')
  })

  test('where bubblewrap is too old', () =>
    withDirectory(async directory => {
      const path = join(directory, 'bwrap')
      writeFileSync(path, '#!/bin/sh\necho bubblewrap 0.6.1\n')
      chmodSync(path, 0o755)
      expect((await refusal(path)).reason).toContain('0.6.1')
    }))

  test('where bubblewrap runs the command as it stands', () =>
    withBwrap('while [ "$1" != -- ]; do shift; done; shift; exec "$@"', path => refusal(path)))

  test('where bubblewrap fails, with its words', () =>
    withBwrap('echo "bwrap: setting up uid map: Permission denied" >&2; exit 1', async path => {
      expect((await refusal(path)).reason).toContain('setting up uid map')
    }))
})

/** The layout reaches bwrap through descriptor 3, one NUL-ended argument after the other. */
const change = (sed: string) => `exec 3< <(sed -z '${sed}' <&3); exec $real "$@"`

describe('a canary sees', () => {
  const changes: { what: string; script: string; canary: string }[] = [
    { what: 'the network of the host', script: change('/^--unshare-net$/d'), canary: 'network' },
    { what: 'the processes of the host', script: change('/^--unshare-pid$/d'), canary: 'process numbers' },
    { what: 'a writable root', script: change('/^--remount-ro$/,+1d'), canary: 'read-only root' },
    { what: 'the root of the host', script: change('1i --ro-bind\\x00/\\x00/host'), canary: 'host files' },
    { what: 'a variable of somebody else', script: change('1i --setenv\\x00LEAKED\\x00yes'), canary: 'environment' },
    { what: 'another user', script: change('s/^1000$/0/'), canary: 'user' },
    { what: 'a missing filter', script: 'shift 7; exec $real --args 3 --json-status-fd 5 -- "$@"', canary: 'seccomp' },
    {
      what: 'an inherited descriptor',
      script: 'exec 9< /etc/passwd; exec $real "$@"',
      canary: 'inherited descriptors',
    },
  ]

  test.each(changes)('$what', ({ script, canary }) =>
    withBwrap(script, async path => {
      const { checks } = await refusal(path)
      expect(checks.filter(check => !check.ok).map(check => check.name)).toContain(canary)
    }),
  )
})

test('a descriptor that the server inherited does not get into the sandbox', () =>
  withDirectory(async directory => {
    const secret = join(directory, 'secret')
    writeFileSync(secret, 'tell nobody')
    const program = `
      import { inside, testSandbox } from './agents/sandbox/testing.ts'
      import { readlinkSync } from 'node:fs'
      console.log(readlinkSync('/proc/self/fd/40'))
      await inside(testSandbox(), async ({ sh }) => {
        console.log((await sh('cat <&40; for f in /proc/[0-9]*/fd/*; do readlink $f; done | grep -e secret -e mnt: -e user: -e cgroup')).out)
      })`
    const command = `exec 40< ${secret}; exec "$0" --import tsx --input-type=module --eval "$1"`
    const { stdout } = await promisify(execFile)('bash', ['-c', command, process.execPath, program], { cwd: project })
    expect(stdout.split('\n')).toEqual([secret, '', ''])
  }))
