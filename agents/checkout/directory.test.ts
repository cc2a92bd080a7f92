import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { removeTemporary, repository, temporary } from '../roles/testing-repositories.ts'
import { inspectDirectory } from './directory.ts'

afterAll(removeTemporary)

const withDirectories = (root: string, ...paths: string[]): string => {
  for (const path of paths) mkdirSync(join(root, path), { recursive: true })
  return root
}

describe('a directory', () => {
  it('is a repository of its own', () => {
    const repo = repository({ 'a.js': '' })
    expect(inspectDirectory(repo)).toMatchObject({ path: repo, gitDir: join(repo, '.git'), prefix: '', bare: false })
  })

  it('lies in a repository', () => {
    const repo = repository({ 'packages/a/index.js': '' })
    expect(inspectDirectory(join(repo, 'packages/a'))).toMatchObject({
      gitDir: join(repo, '.git'),
      prefix: 'packages/a',
    })
  })

  it('has no history', () => {
    expect(inspectDirectory(temporary())).toMatchObject({ gitDir: null, prefix: '' })
  })

  it('is a linked worktree, whose history lies elsewhere', () => {
    const directory = temporary()
    writeFileSync(join(directory, '.git'), 'gitdir: /etc')
    expect(inspectDirectory(directory)).toMatchObject({ gitDir: null })
  })

  it('has a link for its history, which is not followed', () => {
    const directory = temporary()
    symlinkSync('/etc', join(directory, '.git'))
    expect(inspectDirectory(directory)).toMatchObject({ gitDir: null })
  })

  it('is reached through a link', () => {
    const repo = repository({ 'a.js': '' })
    const link = join(temporary(), 'link')
    symlinkSync(repo, link)
    expect(inspectDirectory(link).path).toBe(repo)
  })

  it.each(['/', '/proc/self', '/sys', '/dev'])('%s is refused', path => {
    expect(() => inspectDirectory(path)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }))
  })
})

describe('installed packages', () => {
  it('lie at the top, in workspaces, above and in a virtual environment', () => {
    const root = withDirectories(
      temporary(),
      'node_modules/x',
      'app/node_modules/y',
      'app/packages/a/node_modules/z',
      'app/.venv/lib/python3.12/site-packages',
    )
    const app = join(root, 'app')
    expect(inspectDirectory(app).packages).toEqual([
      { hostPath: join(app, 'node_modules'), at: '', kind: 'node' },
      { hostPath: join(app, 'packages/a/node_modules'), at: 'packages/a', kind: 'node' },
      { hostPath: join(root, 'node_modules'), at: '..', kind: 'node' },
      { hostPath: join(app, '.venv/lib/python3.12/site-packages'), at: '', kind: 'python' },
    ])
  })

  it('are never a link, which could show anything of the machine', () => {
    const root = temporary()
    symlinkSync('/etc', join(root, 'node_modules'))
    expect(inspectDirectory(root).packages.filter(({ hostPath }) => hostPath.startsWith(root))).toEqual([])
  })
})
