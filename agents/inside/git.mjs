/**
 * Git on a repository that may be hostile: no hooks, no prompts, no programs named by attributes or configuration, no
 * protocol but the expected one. The sandbox is what holds; this is only what keeps the answers honest.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'

/** @typedef {ReturnType<typeof createGit>} Git */

const settings = [
  ...[
    'core.hooksPath=/dev/null',
    'core.fsmonitor=false',
    'core.pager=cat',
    'core.quotePath=false',
    'credential.helper=',
  ],
  ...['gc.auto=0', 'maintenance.auto=false', 'protocol.version=2', 'filter.lfs.smudge=', 'filter.lfs.required=false'],
].flatMap(setting => ['-c', setting])

/** What Git said, where that was no. */
export class GitError extends Error {}

/** @param {string} protocols what may be cloned from: `file`, `http:https` */
export function createGit(protocols) {
  const env = {
    ...process.env,
    GIT_ALLOW_PROTOCOL: protocols,
    GIT_ATTR_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  }
  return {
    available: () => spawnSync('git', ['--version'], { env }).status === 0,
    /**
     * What the command says, without the last line end. Throws GitError with its first complaint.
     * @param {readonly string[]} args
     * @param {{ timeout?: number, cwd?: string, extra?: Record<string, string>, input?: string, accept?: readonly number[] }} options
     *   `extra` environment; `accept` exit codes that are an answer too
     */
    run: (args, { timeout = 110_000, cwd = '/tmp', extra = {}, input = '', accept = [0] } = {}) => {
      const options = { env: { ...env, ...extra }, cwd, timeout, input, maxBuffer: 64 * 1_024 * 1_024 }
      const ran = spawnSync('git', [...settings, ...args], { ...options, encoding: 'utf8' })
      if (ran.status !== null && accept.includes(ran.status)) return ran.stdout.replace(/\n$/, '')
      throw new GitError(complaintIn(ran.stderr ?? '') ?? ran.error?.message ?? `git ${args[0]} failed`)
    },
    /**
     * Calls `visit` with each line, and answers whether the command came to its end within `timeout` milliseconds.
     * @param {readonly string[]} args
     * @param {(line: string) => void} visit
     * @param {{ timeout: number }} options
     * @returns {Promise<boolean>}
     */
    lines: async (args, visit, { timeout }) => {
      const child = spawn('git', [...settings, ...args], {
        env,
        cwd: '/tmp',
        timeout,
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      const ended = new Promise(resolve => child.once('close', code => resolve(code === 0)))
      for await (const line of createInterface({ input: child.stdout })) visit(line)
      return ended
    },
  }
}

/** @param {string} stderr */
function complaintIn(stderr) {
  const lines = stderr.split('\n').filter(line => /\S/.test(line) && !line.startsWith('Cloning into'))
  return (lines.find(line => /^(fatal|error|remote):/.test(line)) ?? lines[0])?.slice(0, 500)
}
