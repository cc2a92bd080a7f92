/** What a driver promises of beginnings and ends. */
import assert from 'node:assert/strict'
import { type ContractCase, refuses, sh, text, within } from './contract-case.ts'

export const lifetimes: readonly ContractCase[] = [
  {
    name: 'keeps files from call to call, and no process',
    run: sandbox =>
      within(sandbox, async workspace => {
        await sh(workspace, '(setsid sh -c "sleep 0.5; echo late > late" &) ; echo now > now')
        const result = await sh(workspace, 'cat now; ls /proc | grep -c "^[0-9]"; sleep 0.8; ls')
        // The reaper, this shell and the three parts of the pipe at most.
        const [now, processes, ...files] = text(result.stdout).trim().split('\n')
        assert.equal(now, 'now')
        assert.ok(Number(processes) <= 5, `${processes} processes`)
        assert.deepEqual(files, ['now'])
      }),
  },
  {
    name: 'keeps workspaces apart',
    run: sandbox =>
      within(sandbox, one =>
        within(sandbox, async other => {
          await one.writeFile('secret', 'x')
          await refuses('NOT_FOUND', () => other.readFile('secret'))
        }),
      ),
  },
  {
    name: 'ends what runs when it is closed, and runs nothing afterwards',
    run: async sandbox => {
      const workspace = await sandbox.open({ label: 'contract' })
      const running = workspace.exec({ argv: ['sleep', '60'] })
      await new Promise(resolve => setTimeout(resolve, 100))
      await workspace.close()
      assert.equal((await running).end, 'cancelled')
      await workspace.close()
      await refuses('CONFLICT', () => workspace.exec({ argv: ['true'] }))
    },
  },
  {
    name: 'ends a call when its signal says so, also before it began',
    run: sandbox =>
      within(sandbox, async workspace => {
        const began = performance.now()
        const late = await workspace.exec({ argv: ['sleep', '60'], signal: AbortSignal.timeout(150) })
        assert.deepEqual([late.end, late.exitCode], ['cancelled', null])
        assert.ok(performance.now() - began < 10_000)
        const early = await workspace.exec({ argv: ['touch', 'ran'], signal: AbortSignal.abort() })
        assert.equal(early.end, 'cancelled')
        await refuses('NOT_FOUND', () => workspace.readFile('ran'))
      }),
  },
]
