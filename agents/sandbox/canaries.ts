/**
 * The canaries: what a sandbox must keep, tried out live before anything is run in it. That an option was accepted proves
 * nothing. One miss makes the driver unavailable.
 */
import { randomInt } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { type Canary, ends, kernelMend, run, says, text } from './canary.ts'
import { baseEnvironment } from './inside.ts'
import { MiB } from './limits.ts'

/** The workspace in which the canaries live. */
export const canaryLimits = {
  memoryBytes: 256 * MiB,
  workspaceBytes: 4 * MiB,
  workspaceInodes: 64,
  wallMs: 60_000,
  pids: 64,
}

const network: Canary = {
  name: 'network',
  asked: 'no interface but its own loopback, no way to a port of this machine',
  mend: kernelMend,
  async look(workspace) {
    let connections = 0
    const server = createServer(socket => {
      connections += 1
      socket.destroy()
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const script = `tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' \\n'; (exec 3<>/dev/tcp/127.0.0.1/${port}) 2> /dev/null && echo -n ' connected'`
    const interfaces = text((await run(workspace, script)).stdout)
    await new Promise(resolve => server.close(resolve))
    return { ok: interfaces === 'lo' && connections === 0, seen: `${interfaces}, ${connections} connections` }
  },
}

const leftovers: Canary = {
  name: 'left-over processes',
  asked: 'none after a call',
  mend: kernelMend,
  async look(workspace) {
    const marker = `8${randomInt(1_000_000_000)}`
    const started = await run(
      workspace,
      `setsid setsid sleep ${marker} > /dev/null 2>&1 & (sleep ${marker} &); echo started`,
    )
    const left = commandLines().filter(line => line.includes(marker)).length
    return { ok: text(started.stdout) === 'started' && left === 0, seen: `${left} left` }
  },
}

/** Of every process that this one can see. */
function commandLines(): string[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(pid => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      } catch {
        return ''
      }
    })
}

const output: Canary = {
  name: 'output',
  asked: '1000 bytes kept of 300000',
  mend: kernelMend,
  async look(workspace) {
    const result = await run(workspace, 'head -c 300000 /dev/zero', { outputBytes: 1_000 })
    const seen = `${result.stdout.length} bytes kept of ${result.stdoutBytes}`
    return { ok: seen === this.asked, seen }
  },
}

const processes: Canary = {
  name: 'pids',
  asked: 'at most 16 processes',
  mend: 'see whether the control group controller pids is in use',
  async look(workspace) {
    // bash tries a refused fork again for half a minute; its first word, of whichever kind, ends it.
    const said = new AbortController()
    const result = await workspace.exec({
      argv: ['bash', '-c', 'for i in {1..32}; do sleep 60 & done; echo all'],
      limits: { pids: 16 },
      signal: said.signal,
      onOutput: () => said.abort(),
    })
    const refused = /fork|resource/i.test(text(result.stderr)) && !text(result.stdout).includes('all')
    return { ok: refused, seen: refused ? 'more were refused' : '32 processes ran' }
  },
}

const environment = Object.entries({ ...baseEnvironment, PWD: '/work' })
  .map(([name, value]) => `${name}=${value}`)
  .sort()
  .join(' ')

const unwritable = '/ /usr /usr/bin /etc /opt/orrery /dev /proc/sys/kernel /proc /sys /var /run /home /root'

/** What lies at the top: the links that the host has too, and what the layout makes. */
function topLevelNames(): string {
  const links = ['bin', 'lib', 'lib32', 'lib64', 'libx32', 'sbin'].filter(
    name => lstatSync(`/${name}`, { throwIfNoEntry: false }) !== undefined,
  )
  return [...links, 'dev', 'etc', 'opt', 'proc', 'tmp', 'usr', 'work'].sort().join(' ')
}

export const canaries: readonly Canary[] = [
  says('user', 'an ordinary user without groups', '1000 1000 1000', 'echo $(id -u) $(id -g) $(id -G)'),
  says(
    'privileges',
    'no capability, none to be gained',
    '0000000000000000 0000000000000000 0000000000000000 1',
    "echo $(grep -E '^(CapPrm|CapEff|CapBnd|NoNewPrivs)' /proc/self/status | cut -f2)",
  ),
  says(
    'seccomp',
    'mode 2, unshare refused by the filter and not only by a limit',
    '2 refused',
    [
      "echo -n $(grep '^Seccomp:' /proc/self/status | cut -f2)' '",
      `LC_ALL=C unshare --user true 2>&1 | grep -q 'Operation not permitted' && echo refused`,
    ].join('; '),
  ),
  says(
    'user namespaces',
    'none can be made',
    'refused',
    'unshare --user true 2> /dev/null && echo made || echo refused',
  ),
  network,
  says(
    'environment',
    'only what is given, also that of the first process',
    environment,
    'cat /proc/1/environ; echo $(env -u _ -u SHLVL | sort)',
  ),
  says(
    'read-only root',
    'nothing is writable but /work, /tmp and /dev/shm',
    '/work /tmp /dev/shm',
    `for d in /work /tmp /dev/shm ${unwritable}; do (: > $d/canary) 2> /dev/null && echo -n "$d "; done`,
  ),
  says('host files', 'nothing but the parts that it is made of', topLevelNames(), 'echo $(ls -A /)'),
  says('process numbers', 'its own', 'own', '[ $$ -lt 20 ] && [ $(ls /proc | grep -c "^[0-9]") -lt 10 ] && echo own'),
  says(
    'inherited descriptors',
    'standard input and outputs only',
    '0 1 2',
    // The list holds the descriptor that it is read through, which is gone when it is looked at.
    'cd /proc/$$/fd; for f in *; do [ -e $f ] && echo -n "$f "; done',
  ),
  processes,
  ends('memory', 'ended at 32 MiB', 'memory', 'tail /dev/zero', { memoryBytes: 32 * MiB }),
  ends('wall clock', 'ended after 300 ms', 'wall-time', 'trap "" TERM; sleep 60', { wallMs: 300 }),
  ends('CPU time', 'ended after 0.2 s', 'cpu-time', 'while :; do :; done', { cpuSeconds: 0.2 }),
  output,
  leftovers,
  says(
    'workspace',
    '4 MiB and 64 files',
    '4194304 files refused',
    [
      'head -c 9000000 /dev/zero 2> /dev/null > big; stat -c %s big | tr "\\n" " "; rm big',
      '{ for i in {1..80}; do : > f$i || { echo files refused; break; }; done; } 2> /dev/null; rm -f f*',
    ].join('; '),
  ),
  says('Node', `the server's own, ${process.version}`, process.version, 'node -p process.version'),
]
