/** What a driver promises of files on their way in and out. */
import assert from 'node:assert/strict'
import { MiB } from '../limits.ts'
import { type ContractCase, refuses, sh, text, within } from './contract-case.ts'

export const files: readonly ContractCase[] = [
  {
    name: 'writes and reads files byte for byte, making directories on the way',
    run: sandbox =>
      within(sandbox, async workspace => {
        const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251)
        await workspace.writeFile('a/b/c.bin', bytes)
        assert.deepEqual(Buffer.from(await workspace.readFile('/work/a/b/c.bin')), Buffer.from(bytes))
        await workspace.writeFile('a/b/c.bin', 'shorter')
        assert.equal(text(await workspace.readFile('a/b/c.bin')), 'shorter')
        await workspace.writeFile('-n --help *', '')
        assert.equal((await workspace.readFile('-n --help *')).length, 0)
        await workspace.writeFile(' ü\nnew line ', 'odd')
        assert.equal(text(await workspace.readFile(' ü\nnew line ')), 'odd')
      }),
  },
  {
    name: 'reads regular files of a bounded size only',
    run: sandbox =>
      within(sandbox, async workspace => {
        await sh(
          workspace,
          'echo x > f; ln -s f link; mkdir d; echo y > d/g; ln -s d dlink; mkfifo pipe; ln -s /etc/passwd out; head -c 2000 /dev/zero > z',
        )
        for (const path of ['link', 'dlink/g', 'pipe', 'out', 'd'])
          await refuses('BAD_INPUT', () => workspace.readFile(path))
        for (const path of ['missing', 'd/missing', 'missing/too'])
          await refuses('NOT_FOUND', () => workspace.readFile(path))
        await refuses('BAD_INPUT', () => workspace.readFile('f/below-a-file'))
        await refuses('LIMIT_EXCEEDED', () => workspace.readFile('z', 1_999))
        assert.equal((await workspace.readFile('z', 2_000)).length, 2_000)
      }),
  },
  {
    name: 'writes through no link and into no special file',
    run: sandbox =>
      within(sandbox, async workspace => {
        await sh(workspace, 'echo kept > f; ln -s f link; mkdir d; ln -s d dlink; mkfifo pipe')
        for (const path of ['link', 'dlink/g', 'pipe', 'd', 'f/g'])
          await refuses('BAD_INPUT', () => workspace.writeFile(path, 'x'))
        assert.equal(text((await sh(workspace, 'cat f; ls d')).stdout), 'kept\n')
      }),
  },
  {
    name: 'packs a tree and unpacks it somewhere else',
    run: sandbox =>
      within(sandbox, async one => {
        await sh(
          one,
          `mkdir -p t/${'deep/'.repeat(40)}; echo x > t/f; chmod 755 t/f; ln -s f t/link; echo y > "t/${'n'.repeat(200)}"; mkdir t/empty`,
        )
        const tar = await one.pack('t', 10 * MiB)
        await within(sandbox, async other => {
          await other.unpack('copy/of', tar)
          const list = 'find . -printf "%y %m %p %l\\n" | sort'
          assert.equal(
            text((await sh(other, list, { cwd: 'copy/of' })).stdout),
            text((await sh(one, list, { cwd: 't' })).stdout),
          )
        })
        await refuses('LIMIT_EXCEEDED', () => one.pack('t', 1_000))
        assert.ok((await one.pack('t/empty', 2_048)).length <= 2_048, 'no more padding than there must be')
        await refuses('NOT_FOUND', () => one.pack('missing', MiB))
        await refuses('BAD_INPUT', () => one.pack('t/f', MiB))
      }),
  },
  {
    name: 'packs and unpacks no pipe',
    run: sandbox =>
      within(sandbox, async workspace => {
        await sh(workspace, 'mkdir t; mkfifo t/pipe')
        await refuses('BAD_INPUT', () => workspace.pack('t', MiB))
        const tar = (await sh(workspace, 'tar -cf - t')).stdout
        await refuses('BAD_INPUT', () => workspace.unpack('u', tar))
      }),
  },
  {
    name: 'unpacks nothing that is damaged or leads elsewhere',
    run: sandbox =>
      within(sandbox, async workspace => {
        const make = async (script: string) => (await sh(workspace, script)).stdout
        await sh(workspace, 'mkdir d; echo x > d/f; ln d/f d/hard')
        await refuses('BAD_INPUT', async () => workspace.unpack('u', await make('tar -cPf - /work/d/f')))
        await refuses('BAD_INPUT', async () => workspace.unpack('u', await make('cd d; tar -cPf - ../d/f')))
        await refuses('BAD_INPUT', async () => workspace.unpack('u', await make('tar -cf - d')))
        await refuses('BAD_INPUT', async () => workspace.unpack('u', (await make('tar -cf - d/f')).subarray(0, 600)))
        await refuses('BAD_INPUT', () => workspace.unpack('u', new Uint8Array(1_024).fill(65)))
      }),
  },
]
