import { describe, expect, test } from 'vitest'
import { defaultLimits, resolveLimits } from './limits.ts'
import { mountPath, workspacePath } from './paths.ts'

describe('limits', () => {
  test('are the defaults, but for what was asked', () => {
    expect(resolveLimits()).toEqual(defaultLimits)
    expect(resolveLimits({ pids: 20, cpus: 0.5 })).toEqual({ ...defaultLimits, pids: 20, cpus: 0.5 })
    expect(resolveLimits({ wallMs: 10 }, { ...defaultLimits, pids: 9 })).toEqual({
      ...defaultLimits,
      pids: 9,
      wallMs: 10,
    })
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 0])('are never %s', value => {
    for (const name of [
      'cpus',
      'memoryBytes',
      'pids',
      'wallMs',
      'cpuSeconds',
      'workspaceBytes',
      'workspaceInodes',
    ] as const) {
      expect(() => resolveLimits({ [name]: value }), name).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }))
    }
  })
})

describe('a path in the workspace', () => {
  test.each([
    ['a', 'a'],
    ['a/b', 'a/b'],
    ['./a//b/', 'a/b'],
    ['/work/a', 'a'],
    ['/work', ''],
    ['', ''],
    ['a..b/...', 'a..b/...'],
    ['․․/x', '․․/x'],
  ])('%j is %j', (path, inside) => expect(workspacePath(path)).toBe(inside))

  test.each(['..', 'a/..', '/', '/etc', '/workshop', '/work/../etc', 'a\0', 'x'.repeat(256), 'x/'.repeat(2_100)])(
    '%j is refused',
    path => {
      expect(() => workspacePath(path)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }))
    },
  )
})

describe('a mount', () => {
  test('lies where it is asked to, outside of what the sandbox has of its own', () => {
    expect(mountPath({ hostPath: '/x', path: '/repo/./a/' })).toBe('/repo/a')
    expect(mountPath({ hostPath: '/x', path: '/opt/tools' })).toBe('/opt/tools')
    expect(mountPath({ hostPath: '/x', path: '/worker' })).toBe('/worker')
  })

  test.each(['/', '//', '/usr', '/usr/x', '/opt', '/opt/orrery', '/work', '/dev/shm', 'a', '/a/../b', '/a\0'])(
    'not at %j',
    path => {
      expect(() => mountPath({ hostPath: '/x', path })).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }))
    },
  )
})
