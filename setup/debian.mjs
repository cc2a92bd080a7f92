/**
 * Programs from the Debian or Ubuntu that we run on, without installing anything: apt downloads with lists and caches
 * of our own, so that it needs no root and changes nothing of the system, and dpkg unpacks into a directory.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './run.mjs'

/** @returns {boolean} */
export const isDebian = () => existsSync('/usr/bin/apt-get') && existsSync('/usr/bin/dpkg')

/**
 * @typedef {object} Apt
 * @property {(name: string, target: string) => Promise<void>} unpack fetches a package with those it needs that the
 *   system lacks, and puts their files under `target`, which is replaced as a whole
 * @property {() => void} close
 */

/** @returns {Promise<Apt>} */
export async function openApt() {
  const scratch = mkdtempSync(join(tmpdir(), 'orrery-apt-'))
  const options = privateOptions(scratch)
  const apt = (/** @type {string} */ cwd, /** @type {string[]} */ ...args) =>
    run('apt-get', [...options, ...args], { cwd, env: { ...process.env, LC_ALL: 'C' } }).catch(error => {
      throw inShort(error, options)
    })
  // One source of several may fail without harm; when a package cannot be found then, this is why.
  const sourcesFailed = await apt(scratch, 'update').then(
    () => null,
    error => error,
  )
  return {
    unpack: async (name, target) => {
      const plan = await apt(scratch, '--simulate', '--no-install-recommends', 'install', name).catch(error => {
        throw sourcesFailed ?? error
      })
      const archives = mkdtempSync(join(scratch, `${name}-`))
      await apt(archives, 'download', ...neededFrom(plan, name))
      const unpacked = `${target}.${process.pid}`
      mkdirSync(unpacked, { recursive: true })
      for (const file of readdirSync(archives)) await run('dpkg', ['-x', join(archives, file), unpacked])
      rmSync(target, { recursive: true, force: true })
      renameSync(unpacked, target)
    },
    close: () => rmSync(scratch, { recursive: true, force: true }),
  }
}

/**
 * Which packages of apt's plan hold something to run: the program's own, and libraries. The rest adds users and boot scripts.
 * @param {string} plan what `apt-get --simulate install` wrote
 * @param {string} name of the program's package
 * @returns {string[]}
 */
export function neededFrom(plan, name) {
  const inst = [...plan.matchAll(/^Inst (\S+)/gm)].map(match => String(match[1]))
  const family = name.split('-')[0]
  const needed = inst.filter(each => each.startsWith('lib') || each === name || each.startsWith(`${family}-`))
  return needed.includes(name) ? needed : [name, ...needed]
}

/**
 * Without our own options, and of what apt wrote only its errors, which begin with `E:`.
 * @param {Error} error
 * @param {string[]} options
 */
function inShort(error, options) {
  const [command = '', ...lines] = error.message.replace(`${options.join(' ')} `, '').split('\n')
  const errors = lines.filter(line => line.trim().startsWith('E:')).slice(0, 3)
  return new Error([command, ...(errors.length > 0 ? errors : lines)].join('\n'))
}

/** @param {string} scratch @returns {string[]} */
function privateOptions(scratch) {
  const [lists, cache] = [join(scratch, 'lists'), join(scratch, 'cache')]
  mkdirSync(join(lists, 'partial'), { recursive: true })
  mkdirSync(join(cache, 'archives', 'partial'), { recursive: true })
  const settings = {
    'Dir::State::lists': lists,
    'Dir::Cache': cache,
    'Debug::NoLocking': '1',
    'APT::Sandbox::User': '',
    'APT::Update::Error-Mode': 'any',
    'Acquire::Retries': '1',
    'Acquire::http::Timeout': '10',
    'Acquire::https::Timeout': '10',
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])
}
