/** Ways to read the host or to change it, each tried from inside. */
import { existsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { inside, testSandbox, withDirectory } from '../testing.ts'

const sandbox = testSandbox()

describe('what a sandbox sees of the host', () => {
  test('neither its users’ secrets nor their homes', () =>
    inside(sandbox, async ({ sh }) => {
      const paths =
        '/etc/shadow /etc/gshadow /etc/ssh /root /home /var /srv /mnt /boot /root/.ssh ~/.ssh /etc/ssl/private'
      expect((await sh(`ls -d ${paths} 2> /dev/null`)).out).toBe('')
      expect((await sh('grep -v -e ^root: -e ^agent: -e ^nobody: /etc/passwd')).out).toBe('')
    }))

  test('nothing of the server’s environment, in any process', async () => {
    vi.stubEnv('ORRERY_TEST_SECRET', 'tell-nobody-4711')
    await inside(sandbox, async ({ sh }) => {
      expect((await sh('cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline | grep -a -c tell[-]nobody')).out).toBe('0')
      expect((await sh('cat /proc/1/environ | wc -c')).out).toBe('0')
    })
  })

  test('no paths of the host in the first process', () =>
    withDirectory(directory =>
      inside(
        sandbox,
        async ({ sh }) => {
          const { out } = await sh('cat /proc/1/cmdline /proc/self/mounts /proc/self/cgroup | tr "\\0" " "')
          expect(out).not.toContain(directory)
          expect(out).not.toContain(process.cwd())
          expect(out).not.toContain(`orrery-${process.pid}`)
        },
        { mounts: [{ hostPath: directory, path: '/repo' }] },
      ),
    ))

  test('its own root behind /proc/1/root, and no descriptor of the first process', () =>
    inside(sandbox, async ({ sh }) => {
      expect(
        (
          await sh(
            'ls -d /proc/1/root/root /proc/1/root/home /proc/1/root/sys/work /proc/1/cwd/.. 2> /dev/null | grep -v cwd',
          )
        ).out,
      ).toBe('')
      const { out } = await sh(
        'for f in /proc/1/fd/*; do readlink $f; done 2> /dev/null | grep -v -e /dev/null -e ^socket: -e ^pipe: -e eventfd',
      )
      expect(out).toBe('')
      expect((await sh('ls /proc | grep -c "^[0-9]"')).out).toMatch(/^[1-5]$/)
    }))
})

describe('what a sandbox changes of the host', () => {
  test('not the system’s directories', () =>
    inside(sandbox, async ({ sh }) => {
      const marker = `orrery-attempt-${process.pid}`
      for (const directory of ['/', '/usr', '/usr/bin', '/usr/local/lib', '/etc', '/opt/orrery/bin', '/dev']) {
        const { err } = await sh(`touch ${directory}/${marker}`)
        expect(err, directory).toMatch(/read-only|permission denied/i)
      }
      await sh(`touch /tmp/${marker} && chmod 777 /tmp/${marker}`)
      for (const directory of ['/', '/usr', '/etc', '/tmp', tmpdir()])
        expect(existsSync(join(directory, marker))).toBe(false)
    }))

  test('not the kernel’s settings', () =>
    inside(sandbox, async ({ sh }) => {
      const settings = [
        '/proc/sys/kernel/core_pattern',
        '/proc/sysrq-trigger',
        '/proc/sys/kernel/sysrq',
        '/proc/sys/vm/drop_caches',
      ]
      for (const path of [...settings, '/proc/sys/user/max_user_namespaces']) {
        const { err } = await sh(`echo 1 > ${path}`)
        expect(err, path).toMatch(/read-only|permission denied|no such file/i)
      }
      expect((await sh('ls /sys 2> /dev/null')).out).toBe('')
    }))

  test('not by way of programs that run as another user', () =>
    inside(sandbox, async ({ sh }) => {
      expect((await sh('cp /usr/bin/id id; chmod 6755 id; ./id -u')).out).toBe('1000')
      expect(
        (await sh('for p in su mount passwd chsh newgrp; do command -v $p; done | xargs -r ls -l | grep -c .')).out,
      ).not.toBe('0')
      expect((await sh('echo | su -c id root')).out).not.toContain('uid=0')
      expect((await sh('perl -e \'$> = 0; $< = 0; print "$<$>"\'')).out).toBe('10001000')
    }))

  test('not by way of devices', () =>
    inside(sandbox, async ({ sh }) => {
      for (const device of ['b 254 0', 'c 1 1', 'b 8 0', 'c 10 232']) {
        expect((await sh(`mknod node ${device}`)).err, device).toMatch(/not permitted|permission denied/i)
      }
      const { out } = await sh('ls -l /dev /dev/shm | grep "^[bc]" | sed "s/.* //"')
      expect(out.split('\n')).toEqual(['full', 'null', 'random', 'tty', 'urandom', 'zero'])
    }))

  test('not by a hard link to a file of the host or of another workspace', () =>
    withDirectory(async directory => {
      writeFileSync(join(directory, 'theirs'), 'theirs')
      await inside(
        sandbox,
        async ({ sh }) => {
          expect((await sh('ln /repo/theirs mine')).err).toMatch(/cross-device|not permitted/i)
          expect((await sh('ln /etc/passwd mine')).err).toMatch(/cross-device|not permitted/i)
          expect((await sh('cp -l /repo/theirs mine; ls')).out).toBe('')
        },
        { mounts: [{ hostPath: directory, path: '/repo' }] },
      )
    }))
})

describe('collecting what a sandbox made', () => {
  test('follows no link out of the workspace', () =>
    inside(sandbox, async workspace => {
      await workspace.sh(
        'ln -s /etc/passwd a; ln -s / root; ln -s ../../../../etc/passwd up; mkdir d; ln -s /etc d/etc',
      )
      for (const path of ['a', 'root/etc/passwd', 'up', 'd/etc/passwd']) {
        await expect(workspace.readFile(path), path).rejects.toMatchObject({ code: 'BAD_INPUT' })
        await expect(workspace.writeFile(path, 'x'), path).rejects.toMatchObject({ code: 'BAD_INPUT' })
      }
      await expect(workspace.pack('root', 1e6)).rejects.toMatchObject({ code: 'BAD_INPUT' })
      expect(Buffer.from(await workspace.pack('', 1e6)).includes('nologin'), 'the content of a link’s target').toBe(
        false,
      )
    }))

  test('hangs on no pipe and reads no endless device', () =>
    inside(sandbox, async workspace => {
      await workspace.sh('mkfifo pipe; ln -s /dev/zero zero')
      const began = performance.now()
      for (const path of ['pipe', 'zero']) {
        await expect(workspace.readFile(path)).rejects.toMatchObject({ code: 'BAD_INPUT' })
      }
      expect(performance.now() - began).toBeLessThan(5_000)
    }))

  test('takes names as they are written and none that leads elsewhere', () =>
    inside(sandbox, async workspace => {
      const bad = [
        '../etc/passwd',
        'a/../../etc/passwd',
        '/etc/passwd',
        '/work/../etc/passwd',
        '/workshop/x',
        'a\0b',
        '',
        '/',
        '.',
        `${'n'.repeat(5_000)}`,
        'n/'.repeat(3_000),
      ]
      for (const path of bad) {
        await expect(workspace.readFile(path), path.slice(0, 40)).rejects.toMatchObject({ code: 'BAD_INPUT' })
        await expect(workspace.writeFile(path, 'x'), path.slice(0, 40)).rejects.toMatchObject({ code: 'BAD_INPUT' })
      }
      const lookAlikes = ['․․/etc', '..／etc', 'a\u202etxt', 'раsswd', '...', '-rf', '$(id)', '`id`', '*', 'a\nb']
      for (const path of lookAlikes) {
        await workspace.writeFile(path, path)
        expect(Buffer.from(await workspace.readFile(path)).toString()).toBe(path)
      }
    }))
})
