#!/usr/bin/env node
/**
 * Makes a fresh checkout ready: packages, embedded Postgres, Redis, bubblewrap, web client, command. Each phase looks
 * first, so a second run takes a tenth of a second. Without dependencies, because it runs before there are any.
 */
import { makePassable } from './account.mjs'
import { inCheckout } from './checkout.mjs'
import { linkCommand } from './command.mjs'
import { exclusively } from './lock.mjs'
import { requireNode } from './node.mjs'
import { installPackages } from './packages.mjs'
import { preparePostgres } from './postgres.mjs'
import { bubblewrap, providePrograms, redis } from './programs.mjs'
import { createReport, wantsColour } from './report.mjs'
import { buildWeb } from './web.mjs'

const report = createReport({
  write: text => process.stdout.write(text),
  colour: wantsColour(process.env, process.stdout.isTTY),
})

class PhaseFailed extends Error {}

try {
  requireNode(process.versions.node)
  await exclusively(makePassable(inCheckout('.orrery')), prepare, {
    seconds: 600,
    onWait: pid => report.begun('lock', `waiting for process ${pid}, which prepares this checkout`),
  })
} catch (error) {
  if (!(error instanceof PhaseFailed)) report.failed('setup', explained(error))
  process.exitCode = 1
}

async function prepare() {
  report.title('Orrery')
  // Both mostly wait for the network. One that fails does not leave the other behind at work.
  const both = await Promise.allSettled([phase('packages', announce => installPackages(announce)), programs()])
  for (const result of both) if (result.status === 'rejected') throw result.reason
  await phase('postgres', preparePostgres)
  await phase('web', announce => buildWeb(announce))
  await phase('command', linkCommand)
}

async function programs() {
  const began = performance.now()
  const wanted =
    process.env.npm_lifecycle_event === 'prestart' && process.env.REDIS_URL ? [bubblewrap] : [redis, bubblewrap]
  const found = await providePrograms(wanted, text => report.begun('programs', text))
  for (const [index, { path, note }] of found.entries()) {
    const name = wanted[index]?.directory ?? ''
    report[path ? 'done' : 'lacking'](name, note, performance.now() - began)
  }
}

/**
 * @param {string} name
 * @param {(announce: (text: string) => void) => string | Promise<string>} work
 */
async function phase(name, work) {
  const began = performance.now()
  try {
    const note = await work(text => report.begun(name, text))
    report.done(name, note, performance.now() - began)
  } catch (error) {
    report.failed(name, explained(error))
    throw new PhaseFailed(name)
  }
}

/** @param {unknown} error @returns {string} */
function explained(error) {
  const { code, message } = /** @type {NodeJS.ErrnoException} */ (error)
  const forbidden = ['EACCES', 'EPERM', 'EROFS'].includes(code ?? '')
  return forbidden ? `${message}\nRun it as the user who owns ${inCheckout()}, or in a copy of your own.` : message
}
