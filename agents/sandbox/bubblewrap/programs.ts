/** The programs of the host that put a sandbox up. All are looked for in fixed directories, never on the caller's PATH. */
import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'

const directories = ['/usr/bin', '/bin', '/usr/sbin', '/sbin']

export type Programs = { bash: string; unshare: string; nsenter: string; prlimit: string; setpriv: string; sh: string }

function find(name: string): string {
  for (const directory of directories) {
    const path = join(directory, name)
    try {
      accessSync(path, constants.X_OK)
      return path
    } catch {
      // Not here.
    }
  }
  throw new Error(`the program ${name} is missing`)
}

/** Where they are. Throws an Error that names the first missing one. */
export function findPrograms(): Programs {
  return {
    bash: find('bash'),
    sh: find('sh'),
    unshare: find('unshare'),
    nsenter: find('nsenter'),
    prlimit: find('prlimit'),
    setpriv: find('setpriv'),
  }
}
