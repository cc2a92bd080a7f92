/**
 * `npm start`: the server, in a control group of its own where the sandbox needs one. An ordinary user on a machine with
 * systemd has none to divide among sandboxes until systemd delegates one; a scope is how to ask for it.
 */
import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants, readFileSync } from 'node:fs'
import { inCheckout } from './checkout.mjs'

const scope = ['--user', '--scope', '--quiet', '--property=Delegate=yes']

/** @returns {boolean} whether this process may divide its own control group of the second version, as root always may */
function ownsItsGroup() {
  if (process.getuid?.() === 0) return true
  try {
    const own = /^0::(.*)$/m.exec(readFileSync('/proc/self/cgroup', 'utf8'))?.[1] ?? ''
    accessSync(`/sys/fs/cgroup${own}/cgroup.subtree_control`, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** @returns {boolean} whether systemd gives this user a scope; the first version of control groups has none to give */
function mayAskForScope() {
  try {
    accessSync('/sys/fs/cgroup/cgroup.controllers')
  } catch {
    return false
  }
  return spawnSync('systemd-run', [...scope, 'true'], { stdio: 'ignore', timeout: 5_000 }).status === 0
}

const main = inCheckout('server', 'main.ts')
if (ownsItsGroup() || !mayAskForScope()) {
  await import(main)
} else {
  const server = spawn('systemd-run', [...scope, process.execPath, '--import', 'tsx', main], { stdio: 'inherit' })
  // A Ctrl-C reaches the server by itself; what is sent to this process alone is handed on.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => server.kill('SIGTERM'))
  server.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)))
}
