/** Runs a program to its end and keeps what it says. */
import { spawn } from 'node:child_process'

/**
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<string>} its standard output
 * @throws {Error} with the command line and the last lines that it wrote, where it fails or cannot be started
 */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    let all = ''
    child.stdout?.on('data', chunk => {
      output += chunk
      all += chunk
    })
    child.stderr?.on('data', chunk => {
      all += chunk
    })
    const failed = (/** @type {string} */ reason) =>
      reject(new Error([`${[program, ...args].join(' ')} ${reason}`, ...lastLines(all)].join('\n')))
    child.once('error', error => failed(`could not be started: ${error.message}`))
    child.once('close', (code, signal) => (code === 0 ? resolve(output) : failed(`ended with ${signal ?? code}:`)))
  })
}

/** @param {string} text @returns {string[]} */
const lastLines = text =>
  text
    .trim()
    .split('\n')
    .slice(-40)
    .map(line => `  ${line}`)
