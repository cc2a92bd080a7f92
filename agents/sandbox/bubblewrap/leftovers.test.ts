/** What is left when a server is killed in the middle of a call, and what the next one makes of it. */
import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createBubblewrap } from '../bubblewrap.ts'
import { findBwrap, project, withDirectory } from '../testing.ts'
import { basesOf, findHierarchies, processesIn } from './hierarchies.ts'
import { groupPrefix, register, sweep, thisServer } from './leftovers.ts'

const groupsWith = (text: string) =>
  basesOf(findHierarchies()).flatMap(base => readdirSync(base).filter(name => name.includes(text)))

function mountsAndProcessesWith(text: string): string[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(pid => {
      try {
        return ['cmdline', 'mounts']
          .filter(file => readFileSync(`/proc/${pid}/${file}`, 'utf8').includes(text))
          .map(file => `${pid} ${file}`)
      } catch {
        return []
      }
    })
}

test('a server that is killed leaves no process and no mount, and its groups go with the next start', () =>
  withDirectory(async stateDir => {
    const seconds = `6${process.pid}`
    const program = `
      import { createBubblewrap } from './agents/sandbox/bubblewrap.ts'
      const sandbox = createBubblewrap({ bwrapPath: ${JSON.stringify(findBwrap())}, stateDir: ${JSON.stringify(stateDir)} })
      const workspace = await sandbox.open({ label: 'killed' })
      workspace.exec({ argv: ['sh', '-c', 'echo on; sleep ${seconds}'], onOutput: () => console.log('on') })`
    const server = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
      cwd: project,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await new Promise(resolve => server.stdout.once('data', resolve))
    expect(mountsAndProcessesWith(seconds)).not.toEqual([])
    const ended = new Promise(resolve => server.once('exit', resolve))
    server.kill('SIGKILL')
    await ended
    for (let waited = 0; waited < 5_000 && mountsAndProcessesWith(seconds).length > 0; waited += 50) await sleep(50)
    expect(mountsAndProcessesWith(seconds)).toEqual([])
    const groups = groupsWith(`orrery-${server.pid}-`)
    expect(groups.length).toBeGreaterThan(0)

    const next = createBubblewrap({ bwrapPath: findBwrap(), stateDir })
    expect(await next.sweep()).toEqual({ servers: 1, groups: groups.length })
    expect(groupsWith(`orrery-${server.pid}-`)).toEqual([])
    expect(await next.sweep()).toEqual({ servers: 0, groups: 0 })
  }))

test('a group of a dead server is emptied, also of processes that never got into a sandbox', () =>
  withDirectory(async stateDir => {
    const bases = basesOf(findHierarchies())
    const dead = { ...thisServer(), pid: 2 ** 22 - 1, startedAt: '1' }
    const groups = bases.map(base => join(base, `${groupPrefix(dead)}x`))
    for (const group of groups) mkdirSync(group)
    const lost = spawn('sleep', ['600'])
    const ended = new Promise(resolve => lost.once('exit', resolve))
    for (const group of groups) writeFileSync(join(group, 'cgroup.procs'), String(lost.pid))
    mkdirSync(join(stateDir, 'servers'))
    writeFileSync(join(stateDir, 'servers', 'dead.json'), JSON.stringify({ ...dead, bases }))
    expect(await sweep(stateDir)).toEqual({ servers: 1, groups: groups.length })
    await ended
    expect(groups.flatMap(processesIn)).toEqual([])
  }))

test('neither a server that lives, nor one of another container, nor one of before the machine started is mistaken for a dead one', () =>
  withDirectory(async stateDir => {
    register(stateDir, [])
    const records = join(stateDir, 'servers')
    const elsewhere = { ...thisServer(), pid: 2 ** 22 - 1, pidNamespace: 'pid:[1]', bases: [] }
    writeFileSync(join(records, 'elsewhere.json'), JSON.stringify(elsewhere))
    writeFileSync(
      join(records, 'before.json'),
      JSON.stringify({ ...thisServer(), boot: 'another', bases: ['/sys/fs/cgroup'] }),
    )
    writeFileSync(join(records, 'torn.json'), '{"pid": 12')
    expect(await sweep(stateDir)).toEqual({ servers: 2, groups: 0 })
    expect(readdirSync(records).sort()).toEqual([`${groupPrefix(thisServer())}.json`, 'elsewhere.json'].sort())
    rmSync(records, { recursive: true })
  }))
