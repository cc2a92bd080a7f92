/** What the operating system knows about processes that we may not have started ourselves. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * A name for this one process that no other ever has: a bare number is given to others later, in a restarted container
 * even at once. @returns null where no such process runs; a zombie, which a container without an init never reaps, does not run.
 */
export function identityOf(pid: number): string | null {
  return existsSync('/proc/self/stat') ? identityFromProc(pid) : identityFromPs(pid)
}

function identityFromProc(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The second field is the command in brackets, which may itself hold blanks and brackets: count from the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state, startedAt] = [fields[0], fields[19]]
    if (state === 'Z' || state === 'X') return null
    return `${pid} ${startedAt} ${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()}`
  } catch {
    return null
  }
}

function identityFromPs(pid: number): string | null {
  const line = ps('state=,lstart=', pid)
  return line === '' || line.startsWith('Z') ? null : `${pid} ${line.slice(line.indexOf(' ')).trim()}`
}

const ps = (columns: string, pid: number): string => {
  try {
    return execFileSync('ps', ['-o', columns, '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {
    return ''
  }
}

/** Whether the process of that name still runs. */
export function isRunning(identity: string): boolean {
  return identityOf(Number.parseInt(identity, 10)) === identity
}

/** The command line of a process, its arguments separated by blanks; empty where there is no such process. */
export function commandOf(pid: number): string {
  if (!existsSync('/proc/self/stat')) return ps('command=', pid)
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  } catch {
    return ''
  }
}

/** Waits until the process is gone. @returns false where it still runs after `ms` milliseconds. */
export async function waitForEnd(pid: number, ms: number): Promise<boolean> {
  const end = Date.now() + ms
  while (identityOf(pid) !== null) {
    if (Date.now() >= end) return false
    await sleep(20)
  }
  return true
}

/** Sends a signal; a process that is gone already is fine. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
