/**
 * The control group that the server divides among its sandboxes. Root has one, and so has a service that was delegated one. An
 * ordinary user on a machine with systemd has none until systemd delegates one; a scope is how to ask for it.
 */
import { spawn, spawnSync } from 'node:child_process'
import { constants as access, accessSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'

const scope = ['--user', '--scope', '--quiet', '--property=Delegate=yes']

/**
 * What the choice depends on.
 * @typedef {object} Machine
 * @property {string} platform as `process.platform`
 * @property {number | undefined} uid
 * @property {string} groupFile which group this process is in: `/proc/self/cgroup`
 * @property {string} groups where control groups are mounted: `/sys/fs/cgroup`
 * @property {NodeJS.ProcessEnv} env with the PATH that `systemd-run` is looked for on
 */

/** @returns {Machine} the one that this runs on */
export const thisMachine = () => ({
  platform: process.platform,
  uid: process.getuid?.(),
  groupFile: '/proc/self/cgroup',
  groups: '/sys/fs/cgroup',
  env: process.env,
})

/**
 * @param {Machine} machine
 * @returns {{ inScope: boolean, missing: string }} whether to start in a scope; `missing` says why there is neither a group nor
 *   a scope to be had, and is empty where nothing is missing
 */
export function chooseStart(machine) {
  if (machine.platform !== 'linux' || machine.uid === 0 || ownsItsGroup(machine)) return { inScope: false, missing: '' }
  const missing = whyNoScope(machine)
  return { inScope: missing === '', missing }
}

/**
 * @param {Machine} machine
 * @returns {boolean} whether this process may divide its own control group, of the second version
 */
function ownsItsGroup({ groupFile, groups }) {
  try {
    const own = /^0::(.*)$/m.exec(readFileSync(groupFile, 'utf8'))?.[1] ?? ''
    accessSync(join(groups, own, 'cgroup.subtree_control'), access.W_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Asks systemd for a scope in which nothing happens.
 * @param {Machine} machine
 * @returns {string} empty where it is given
 */
function whyNoScope({ groups, env }) {
  try {
    accessSync(join(groups, 'cgroup.controllers'))
  } catch {
    return 'this machine has no control groups of the second version'
  }
  const { error, status, stderr } = spawnSync('systemd-run', [...scope, 'true'], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 5_000,
  })
  if (error !== undefined && 'code' in error && error.code === 'ENOENT') return 'there is no systemd-run to ask for one'
  if (error !== undefined) return `systemd-run did not answer: ${error.message}`
  return status === 0 ? '' : `systemd refused one: ${stderr.trim().split('\n').at(-1) || `it ended with ${status}`}`
}

/**
 * Runs the command in a scope of its own, with this process's streams.
 * @param {string[]} command
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>} its exit code as a shell would tell it; rejects where systemd-run cannot be started
 */
export function runInScope(command, env = process.env) {
  // A Ctrl-C reaches the whole group of processes by itself; the server takes it and what is handed on for one.
  const handOn = (/** @type {NodeJS.Signals} */ name) => void child.kill(name)
  // Heard from before there is a child: it may be up, and somebody may end us for it, before the next line is run.
  process.on('SIGINT', handOn).on('SIGTERM', handOn)
  const child = spawn('systemd-run', [...scope, ...command], { stdio: 'inherit', env })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
  }).finally(() => process.off('SIGINT', handOn).off('SIGTERM', handOn))
}
