/** The driver for a user without rights: with control groups that were delegated to him, and without. */
import { spawn } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SandboxReport } from '../../../domain/ports.ts'
import { sandboxContract } from '../contract/contract.ts'
import { findBwrap, project } from '../testing.ts'
import { removeGroups } from './control-group.ts'
import { basesOf, findHierarchies } from './hierarchies.ts'

const user = 54_321

/**
 * Shows the project, Node and bwrap where the user can reach them ($1, $2, $3), joins the control groups that follow, and goes on
 * as that user. In a mount namespace of its own.
 */
const script = `set -e
mount -t tmpfs -o mode=755 none /mnt
mkdir /mnt/project /mnt/state
touch /mnt/node /mnt/bwrap
mount --rbind "$1" /mnt/project
mount --bind "$2" /mnt/node
mount --bind "$3" /mnt/bwrap
chown ${user}:${user} /mnt/state
shift 3
for group; do echo 0 > "$group/cgroup.procs"; done
cd /mnt/project
exec setpriv --reuid=${user} --regid=${user} --clear-groups --bounding-set=-all --inh-caps=-all \\
  env -i HOME=/mnt/state TMPDIR=/tmp PATH=/usr/bin:/bin \\
  /mnt/node --import tsx agents/sandbox/bubblewrap/ordinary-user.ts /mnt/bwrap /mnt/state
`

async function asOrdinaryUser(groups: readonly string[]): Promise<{ lines: string[]; complaint: string }> {
  const command = [
    '--mount',
    '--propagation',
    'private',
    'sh',
    '-c',
    script,
    'sh',
    project,
    process.execPath,
    findBwrap(),
  ]
  const child = spawn('unshare', [...command, ...groups], { stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, complaint] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { lines: out.trim().split('\n'), complaint }
}

/** Groups that belong to the user as systemd would delegate them: the directory, and the files that move processes and enable controllers. */
function delegatedGroups(): string[] {
  return basesOf(findHierarchies()).map(base => {
    const path = join(base, `orrery-test-user-${process.pid}`)
    mkdirSync(path)
    chownSync(path, user, user)
    const files = ['cgroup.procs', 'cgroup.subtree_control', 'cgroup.threads', 'tasks'].map(name => join(path, name))
    for (const file of files.filter(existsSync)) chownSync(file, user, user)
    return path
  })
}

describe.runIf(process.getuid?.() === 0)('an ordinary user', () => {
  test('whose control groups are not his is told how to get some, and nothing runs', async () => {
    const { lines, complaint } = await asOrdinaryUser([])
    const report = JSON.parse(lines[0] || '{}') as SandboxReport
    expect(report.available, complaint).toBe(false)
    expect(report.reason).toContain('control groups')
    expect(report.mend).toContain('systemd-run')
    expect(lines).toHaveLength(1)
  })

  describe('with control groups of his own', () => {
    const groups: string[] = []
    let report: SandboxReport
    const outcomes = new Map<string, string | null>()

    beforeAll(async () => {
      groups.push(...delegatedGroups())
      const { lines, complaint } = await asOrdinaryUser(groups)
      report = JSON.parse(lines.shift() || `{"available":false,"reason":${JSON.stringify(complaint)}}`)
      for (const line of lines) {
        const { name, error } = JSON.parse(line)
        outcomes.set(name, error)
      }
    }, 60_000)

    afterAll(async () => {
      const left = groups.flatMap(group =>
        readdirSync(group, { withFileTypes: true })
          .filter(entry => entry.isDirectory())
          .map(entry => join(group, entry.name)),
      )
      await removeGroups([...left, ...groups])
      expect(left.filter(path => !path.endsWith('orrery-server'))).toEqual([])
    })

    test('has a sandbox that passes every canary', () => {
      expect(report.reason).toBe('')
      expect(report.available).toBe(true)
    })

    test.each(sandboxContract.map(({ name }) => name))('%s', name => {
      expect(outcomes.get(name)).toBe(null)
    })
  })
})
