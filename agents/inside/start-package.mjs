/**
 * Runs the program of an installed package, as `npx` would, without ever fetching one. Arguments: the package, then what
 * it is started with. Exit code 86 where it is not installed.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'

const [name = '', ...args] = process.argv.slice(2)
const home = ['/work/repo', '/work']
  .map(directory => join(directory, 'node_modules', name))
  .find(directory => existsSync(join(directory, 'package.json')))
if (home === undefined) {
  process.stderr.write(`${name} is not installed\n`)
  process.exit(86)
}
const { bin } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
const program = typeof bin === 'string' ? bin : bin[name]
const { status, signal } = spawnSync(process.execPath, [join(home, program), ...args], { stdio: 'inherit' })
process.exit(status ?? 128 + (signal === null ? 0 : constants.signals[signal]))
