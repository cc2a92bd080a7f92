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

/**
 * @returns {Promise<Apt>}
 * @throws {Error} with apt's own words, where no package list can be had
 */
export async function openApt() {
  const scratch = mkdtempSync(join(tmpdir(), 'orrery-apt-'))
  const options = privateOptions(scratch)
  const apt = (/** @type {string[]} */ ...args) =>
    run('apt-get', [...options, ...args], { cwd: scratch, env: { ...process.env, LC_ALL: 'C' } })
  try {
    await apt('update')
  } catch (error) {
    rmSync(scratch, { recursive: true, force: true })
    throw error
  }
  return {
    unpack: async (name, target) => {
      const plan = await apt('--simulate', '--no-install-recommends', 'install', name)
      const archives = mkdtempSync(join(scratch, `${name}-`))
      await run('apt-get', [...options, 'download', ...neededFrom(plan, name)], { cwd: archives })
      const unpacked = join(`${target}.${process.pid}`)
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
    'Acquire::Retries': '1',
    'Acquire::http::Timeout': '10',
    'Acquire::https::Timeout': '10',
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])
}
