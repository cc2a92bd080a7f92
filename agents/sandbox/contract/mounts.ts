/** What a driver promises of what it shows of the host. */
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ContractCase, refuses, sh, text, within } from './contract-case.ts'

async function withDirectory<T>(use: (path: string) => Promise<T>): Promise<T> {
  const path = await mkdtemp(join(tmpdir(), 'orrery-contract-'))
  try {
    return await use(path)
  } finally {
    await rm(path, { recursive: true })
  }
}

export const mounts: readonly ContractCase[] = [
  {
    name: 'shows host directories and files read-only',
    run: sandbox =>
      withDirectory(async directory => {
        await writeFile(join(directory, 'f'), 'from the host')
        const request = {
          mounts: [
            { hostPath: directory, path: '/repo' },
            { hostPath: join(directory, 'f'), path: '/mnt/one/file' },
          ],
        }
        await within(
          sandbox,
          async workspace => {
            assert.equal(text((await sh(workspace, 'cat /repo/f /mnt/one/file')).stdout), 'from the hostfrom the host')
            const write = await sh(
              workspace,
              'touch /repo/g; echo x > /repo/f; echo x > /mnt/one/file; rm -f /repo/f; ls /repo',
            )
            assert.equal(text(write.stdout), 'f\n')
            assert.equal(text(write.stderr).match(/read-only/gi)?.length, 4, text(write.stderr))
          },
          request,
        )
      }),
  },
  {
    name: 'mounts nothing that is missing, special, or in the way of the sandbox itself',
    run: sandbox =>
      withDirectory(async directory => {
        const open = (hostPath: string, path: string) => () =>
          within(sandbox, async () => {}, { mounts: [{ hostPath, path }] })
        for (const path of [
          '/',
          '/usr',
          '/usr/local/x',
          '/etc',
          '/work',
          '/work/x',
          '/proc/x',
          'relative',
          '/a/../usr',
          '/opt',
        ]) {
          await refuses('BAD_INPUT', open(directory, path))
        }
        for (const source of [join(directory, 'missing'), '/', '/proc/self', '/dev/null', 'relative']) {
          await refuses('BAD_INPUT', open(source, '/repo'))
        }
      }),
  },
]
