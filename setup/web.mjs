/** Builds the web client, when what it is made of changed since it was built last. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { inCheckout } from './checkout.mjs'
import { fingerprint } from './contents.mjs'
import { run } from './run.mjs'

/**
 * @param {(text: string) => void} announce called before what takes long
 * @returns {Promise<string>} what was found or done, in a few words
 * @throws {Error} with what the build said
 */
export async function buildWeb(announce) {
  if (!existsSync(inCheckout('web', 'index.html'))) return 'there is none'
  const sources = ['web', 'domain', 'schema.graphql', 'package-lock.json'].map(path => inCheckout(path))
  const now = fingerprint(sources, { skip: ['dist', 'node_modules'] })
  const stamp = inCheckout('web', 'dist', '.built-from')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return 'up to date'
  announce('building (vite)')
  const vite = inCheckout('node_modules', 'vite', 'bin', 'vite.js')
  await run(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: inCheckout('web'),
    env: { ...process.env, NODE_ENV: 'production' },
  })
  writeFileSync(stamp, now)
  return 'built'
}
