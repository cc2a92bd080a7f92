#!/usr/bin/env node
/** The `orrery` command. Without dependencies, so that it can say what is missing before anything else is loaded. */
import { existsSync } from 'node:fs'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
/** Newer ones run TypeScript by themselves and without a warning, and start 100 ms sooner without a loader. */
const runsTypeScript = major > 24 || (major === 24 && minor >= 3)
const packages = new URL('../node_modules/', import.meta.url)

if (major < 20 || (major === 20 && minor < 19)) {
  fail(
    `Node ${process.versions.node} is too old: Orrery needs 20.19 or newer.`,
    'Install a newer one from https://nodejs.org.',
  )
} else if (
  !existsSync(new URL('commander/package.json', packages)) ||
  !existsSync(new URL('tsx/package.json', packages))
) {
  const checkout = new URL('..', import.meta.url).pathname
  fail('the packages that Orrery stands on are not installed.', `Run \`npm start\`, or \`npm ci\`, in ${checkout}`)
} else {
  if (!runsTypeScript) (await import('tsx/esm/api')).register()
  const { main } = await import('./main.ts')
  process.exitCode = await main(process.argv.slice(2))
}

/** @param {string} message @param {string} mend */
function fail(message, mend) {
  process.stderr.write(`orrery: ${message}\n  ${mend}\n`)
  process.exitCode = 1
}
