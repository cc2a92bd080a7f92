/**
 * What of Orrery is visible inside a sandbox: the programs under `agents/inside` and the packages that they use, both
 * read-only. The two stand beside each other there, so that the programs find the packages.
 */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ReadOnlyMount } from '../../domain/ports.ts'

const inside = '/opt/tools'

export type Toolbox = {
  readonly mounts: readonly ReadOnlyMount[]
  /** Where a program of `agents/inside` stands in the sandbox, for example `/opt/tools/inside/lint.mjs`. */
  program(name: string): string
}

/** The toolbox of this installation. Throws an Error where its packages are not installed. */
export function createToolbox(): Toolbox {
  const programs = fileURLToPath(new URL('../inside', import.meta.url))
  return {
    mounts: [
      { hostPath: programs, path: `${inside}/inside` },
      { hostPath: findPackages(programs), path: `${inside}/node_modules` },
    ],
    program: name => `${inside}/inside/${name}`,
  }
}

function findPackages(from: string): string {
  for (let directory = from; directory !== dirname(directory); directory = dirname(directory)) {
    const packages = join(directory, 'node_modules')
    if (existsSync(join(packages, 'eslint'))) return packages
  }
  throw new Error('the packages of the analyzers are not installed: run npm ci')
}
