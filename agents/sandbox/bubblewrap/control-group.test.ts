import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { withDirectory } from '../testing.ts'
import { assertApplied, createGroup } from './control-group.ts'
import { type Hierarchies, locateControllers, prepareUnified } from './hierarchies.ts'

const line = (mountPoint: string, root: string, type: string, options: string) =>
  `32 31 0:29 ${root} ${mountPoint} rw,relatime - ${type} ${type} rw,${options}`

describe('where the controllers are', () => {
  test('in version 1, each in its own hierarchy and membership', () => {
    const mounts = [
      line('/sys/fs/cgroup/cpu,cpuacct', '/', 'cgroup', 'cpu,cpuacct'),
      line('/sys/fs/cgroup/memory', '/', 'cgroup', 'memory'),
      line('/sys/fs/cgroup/pids', '/', 'cgroup', 'pids'),
      line('/sys/fs/cgroup/unified', '/', 'cgroup2', 'nsdelegate'),
    ].join('\n')
    const found = locateControllers(mounts, '4:memory:/a:b/c\n3:pids:/\n2:cpu,cpuacct:/d\n0::/e\n')
    expect(found).toEqual({
      memory: { version: 1, directory: '/sys/fs/cgroup/memory/a:b/c' },
      pids: { version: 1, directory: '/sys/fs/cgroup/pids' },
      cpu: { version: 1, directory: '/sys/fs/cgroup/cpu,cpuacct/d' },
      cpuacct: { version: 1, directory: '/sys/fs/cgroup/cpu,cpuacct/d' },
    })
  })

  test('in version 2, all in one', () => {
    const found = locateControllers(line('/sys/fs/cgroup', '/', 'cgroup2', 'nsdelegate'), '0::/user.slice/app.scope\n')
    const place = { version: 2, directory: '/sys/fs/cgroup/user.slice/app.scope' }
    expect(found).toEqual({ memory: place, pids: place, cpu: place, cpuacct: place })
  })

  test('below what a container sees of a hierarchy', () => {
    const found = locateControllers(
      line('/sys/fs/cgroup/memory', '/docker/x', 'cgroup', 'memory'),
      '4:memory:/docker/x/y\n',
    )
    expect(found).toEqual({ memory: { version: 1, directory: '/sys/fs/cgroup/memory/y' } })
  })

  test('nowhere', () => expect(locateControllers(line('/', '/', 'ext4', 'rw'), '')).toEqual({}))
})

/** A directory that looks like a group of version 2. */
function unified(directory: string, name: string, files: Readonly<Record<string, string>>): string {
  const path = join(directory, name)
  mkdirSync(path, { recursive: true })
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text)
  return path
}

describe('the base in version 2', () => {
  const controllers = { 'cgroup.controllers': 'cpuset cpu io memory pids\n' }

  test('is our own group where children may be limited there', () =>
    withDirectory(async directory => {
      const own = unified(directory, 'app.service', { ...controllers, 'cgroup.subtree_control': 'cpu memory pids\n' })
      expect(prepareUnified(own)).toBe(own)
    }))

  test('is our own group after its controllers were handed on', () =>
    withDirectory(async directory => {
      const own = unified(directory, 'app.service', { ...controllers, 'cgroup.subtree_control': '\n' })
      expect(prepareUnified(own)).toBe(own)
      expect(readFileSync(join(own, 'cgroup.subtree_control'), 'utf8')).toBe('+cpu +memory +pids')
    }))

  test('is the parent of the leaf that a server before us made, and of a login session', () =>
    withDirectory(async directory => {
      const parent = unified(directory, 'user', { ...controllers, 'cgroup.subtree_control': 'cpu memory pids\n' })
      for (const name of ['orrery-server', 'session-4.scope']) expect(prepareUnified(join(parent, name))).toBe(parent)
    }))

  test('is refused where the controllers are not offered', () =>
    withDirectory(async directory => {
      const own = unified(directory, 'app', { 'cgroup.controllers': 'pids\n', 'cgroup.subtree_control': '\n' })
      expect(() => prepareUnified(own)).toThrow(/offers no cpu, memory, pids/)
    }))
})

describe('a group', () => {
  const limits = { cpus: 1, memoryBytes: 64 * 1024 * 1024, pids: 20 }

  test('is written and read back in version 2, and never taken over', () =>
    withDirectory(async directory => {
      const place = { version: 2, directory } as const
      const hierarchies: Hierarchies = { memory: place, pids: place, cpu: place, cpuacct: place }
      const group = createGroup(hierarchies, 'call', limits)
      expect(group.applied).toEqual(limits)
      expect(group.entrances).toEqual([join(directory, 'call', 'cgroup.procs')])
      const files = {
        'cpu.stat': 'usage_usec 2500000\n',
        'memory.events': 'oom 3\noom_kill 2\n',
      }
      unified(directory, 'call', files)
      expect([group.cpuMs(), group.oomKills()]).toEqual([2_500, 2])
      expect(() => createGroup(hierarchies, 'call', limits)).toThrow(/EEXIST/)
    }))

  test('whose limits do not hold is refused, but for the rounding of the kernel', () => {
    const page = 4_096
    assertApplied({ ...limits, memoryBytes: limits.memoryBytes + 100 }, limits)
    assertApplied({ ...limits, cpus: 0.333_333 }, { ...limits, cpus: 0.333_33 })
    const faults = [{ cpus: 2 }, { cpus: Number.NaN }, { pids: 21 }, { memoryBytes: limits.memoryBytes + page }]
    for (const fault of [...faults, { memoryBytes: limits.memoryBytes / 2 }]) {
      expect(() => assertApplied(limits, { ...limits, ...fault })).toThrow(/the kernel applied/)
    }
  })
})
