import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { canReach } from './account.mjs'
import { inCheckout } from './checkout.mjs'
import { requireNode } from './node.mjs'

const nobody = { name: 'nobody', uid: 65_534, gid: 65_534 }
const canBeTried = process.getuid?.() === 0 && canReach(inCheckout(), nobody)

test.runIf(canBeTried)("in somebody else's checkout it says so and ends", () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [inCheckout('setup', 'prestart.mjs')], {
    encoding: 'utf8',
    uid: nobody.uid,
    gid: nobody.gid,
    env: { NO_COLOR: '1' },
  })
  expect(stdout).toMatch(/✗ setup {7}EACCES.*\.orrery.*\n +Run it as the user who owns/)
  expect([stderr, status]).toEqual(['', 1])
})

test('a Node that is too old is refused, and package.json says the same', () => {
  for (const version of ['18.20.4', '20.18.3']) expect(() => requireNode(version)).toThrow(/too old.*20\.19/)
  for (const version of ['20.19.0', '22.0.0', '26.1.0', process.versions.node])
    expect(() => requireNode(version)).not.toThrow()
  expect(JSON.parse(readFileSync(inCheckout('package.json'), 'utf8')).engines.node).toBe('>=20.19')
})
