import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { inCheckout } from './checkout.mjs'
import { chooseStart, runInScope } from './scope.mjs'

const directory = mkdtempSync(join(tmpdir(), 'orrery-scope-'))
const programs = join(directory, 'programs')
const groups = join(directory, 'groups')
const asked = join(directory, 'asked')
const own = join(groups, 'user.slice')
const env = { PATH: `${programs}:/usr/bin:/bin` }
const machine = { platform: 'linux', uid: 1_000, groupFile: join(directory, 'cgroup'), groups, env }

/** An ordinary user on a machine with control groups of the second version, in one that is not the user's own. */
beforeEach(() => {
  rmSync(directory, { recursive: true, force: true })
  for (const path of [programs, own]) mkdirSync(path, { recursive: true })
  writeFileSync(join(groups, 'cgroup.controllers'), 'cpu memory pids\n')
  writeFileSync(machine.groupFile, '0::/user.slice\n')
  // Node would otherwise find a systemd-run that the machine really has.
  systemdRun('echo "not set up" >&2; exit 1')
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** A systemd-run that notes what it was asked, then does what the script says. */
function systemdRun(script: string): void {
  writeFileSync(join(programs, 'systemd-run'), `#!/bin/sh\necho "$*" >> ${asked}\n${script}\n`)
  chmodSync(join(programs, 'systemd-run'), 0o755)
}
/** As systemd-run does with --scope: becomes the command. */
const becomes = 'while case $1 in --*) true ;; *) false ;; esac; do shift; done\nexec "$@"'
const wasAsked = (): string => {
  try {
    return readFileSync(asked, 'utf8')
  } catch {
    return ''
  }
}

describe('the start', () => {
  test.each([
    ['root', { uid: 0 }],
    ['a machine without control groups of any kind', { platform: 'darwin' }],
  ])('of %s is plain, and asks nobody', (_, given) => {
    expect(chooseStart({ ...machine, ...given })).toEqual({ inScope: false, missing: '' })
    expect(wasAsked()).toBe('')
  })

  test('of one whose group was delegated already is plain, and asks nobody', () => {
    writeFileSync(join(own, 'cgroup.subtree_control'), '')
    expect(chooseStart(machine)).toEqual({ inScope: false, missing: '' })
    expect(wasAsked()).toBe('')
  })

  test('of an ordinary user is in a scope, where systemd gives one that can be divided', () => {
    systemdRun(becomes)
    expect(chooseStart(machine)).toEqual({ inScope: true, missing: '' })
    expect(wasAsked()).toBe('--user --scope --quiet --property=Delegate=yes true\n')
  })

  test('is plain and says why, where systemd refuses', () => {
    systemdRun('echo "Some warning" >&2; echo "Failed to connect to bus: No medium found" >&2; exit 1')
    const missing = 'systemd refused one: Failed to connect to bus: No medium found'
    expect(chooseStart(machine)).toEqual({ inScope: false, missing })
    systemdRun('exit 3')
    expect(chooseStart(machine).missing).toBe('systemd refused one: it ended with 3')
  })

  test('is plain and says why, where there is no systemd-run', () => {
    const elsewhere = { ...machine, env: { PATH: own } }
    expect(chooseStart(elsewhere)).toEqual({ inScope: false, missing: 'there is no systemd-run to ask for one' })
  })

  test('is plain and says why, where systemd does not answer', { timeout: 15_000 }, () => {
    systemdRun('exec sleep 30')
    expect(chooseStart(machine).missing).toMatch(/^systemd-run did not answer: .*ETIMEDOUT/)
  })

  test('is plain and says why, where control groups are of the first version', () => {
    systemdRun(becomes)
    rmSync(join(groups, 'cgroup.controllers'))
    expect(chooseStart(machine).missing).toBe('this machine has no control groups of the second version')
    expect(wasAsked()).toBe('')
  })
})

describe('what runs in a scope', () => {
  test('is the command, and its exit code is told', async () => {
    systemdRun(becomes)
    expect(await runInScope(['sh', '-c', 'exit 7'], env)).toBe(7)
    expect(wasAsked()).toContain('--property=Delegate=yes sh -c exit 7')
  })

  test('that ends by a signal is told as a shell would', async () => {
    systemdRun(becomes)
    expect(await runInScope(['sh', '-c', 'kill -9 $$'], env)).toBe(137)
  })

  test('is asked to stop when its starter is', async () => {
    systemdRun(becomes)
    const script = `import { runInScope } from ${JSON.stringify(inCheckout('setup', 'scope.mjs'))}
      process.exit(await runInScope(['sh', '-c', 'trap "echo stopping; exit 5" TERM; echo up; while :; do sleep 0.05; done']))`
    const starter = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      env: { ...process.env, ...env },
    })
    let said = ''
    starter.stdout.setEncoding('utf8').on('data', text => {
      if (said === '') starter.kill('SIGTERM')
      said += text
    })
    expect(await once(starter, 'close')).toEqual([5, null])
    expect(said).toBe('up\nstopping\n')
  })

  test('is missed where systemd-run is gone', async () => {
    await expect(runInScope(['true'], { PATH: own })).rejects.toThrow('ENOENT')
  })
})
