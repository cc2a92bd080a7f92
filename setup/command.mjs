/** Makes `npx orrery` find the command of this checkout: npm links the commands of dependencies, but not its own. */
import { existsSync, lstatSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import { inCheckout } from './checkout.mjs'

/** @returns {string} what was found or done, in a few words */
export function linkCommand() {
  if (!existsSync(inCheckout('cli', 'orrery.mjs'))) return 'there is none'
  const link = inCheckout('node_modules', '.bin', 'orrery')
  const target = '../../cli/orrery.mjs'
  const present = lstatSync(link, { throwIfNoEntry: false })
  if (present?.isSymbolicLink() && readlinkSync(link) === target) return 'npx orrery'
  rmSync(link, { force: true })
  symlinkSync(target, link)
  return 'npx orrery, linked'
}
