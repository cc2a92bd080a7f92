/**
 * Git on a repository that may be hostile: no hooks, no prompts, no programs named by attributes or configuration, no
 * protocol but the expected one. The sandbox is what holds; this is only what keeps the answers honest.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'

const settings = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.pager=cat',
  'gc.auto=0',
  'maintenance.auto=false',
  'advice.detachedHead=false',
  'core.quotePath=false',
  'protocol.version=2',
  'credential.helper=',
  'filter.lfs.smudge=',
  'filter.lfs.required=false',
]

function environment(protocols) {
  return {
    ...process.env,
    GIT_ALLOW_PROTOCOL: protocols,
    GIT_ATTR_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_TEMPLATE_DIR: '',
    LC_ALL: 'C',
  }
}

export class GitError extends Error {}

/** @param {string} protocols what may be cloned from: `file`, `http:https` */
export function createGit(protocols) {
  const env = environment(protocols)
  const args = rest => [...settings.flatMap(setting => ['-c', setting]), ...rest]
  return {
    available: () => spawnSync('git', ['--version'], { env }).status === 0,
    /** What the command says, without the last line end. Throws GitError with its first complaint. */
    run: (rest, { timeout = 110_000, cwd = '/tmp', extra = {} } = {}) => {
      const ran = spawnSync('git', args(rest), {
        env: { ...env, ...extra },
        cwd,
        timeout,
        encoding: 'utf8',
        maxBuffer: 64 * 1_024 * 1_024,
      })
      if (ran.status === 0) return ran.stdout.replace(/\n$/, '')
      const lines = (ran.stderr ?? '').split('\n').filter(line => /\S/.test(line) && !line.startsWith('Cloning into'))
      const said = lines.find(line => /^(fatal|error|remote):/.test(line)) ?? lines[0]
      throw new GitError(
        (said ?? (ran.error === undefined ? `git ${rest[0]} failed` : ran.error.message)).slice(0, 500),
      )
    },
    /** Calls `visit` with each line; stops after `timeout`, answering whether the command came to its end. */
    lines: async (rest, visit, { timeout }) => {
      const child = spawn('git', args(rest), { env, cwd: '/tmp', timeout, stdio: ['ignore', 'pipe', 'ignore'] })
      const ended = new Promise(resolve => child.once('close', code => resolve(code === 0)))
      for await (const line of createInterface({ input: child.stdout, crlfDelay: Number.POSITIVE_INFINITY }))
        visit(line)
      return ended
    },
  }
}
