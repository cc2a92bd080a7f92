/** What setup shows: one line a phase, with its time. */

const colours = { green: 32, yellow: 33, red: 31, dim: 2 }

/**
 * @param {{ write: (text: string) => void, colour: boolean }} options
 */
export function createReport({ write, colour }) {
  /** @param {keyof typeof colours} name @param {string} text */
  const paint = (name, text) => (colour ? `\u001b[${colours[name]}m${text}\u001b[0m` : text)

  /** @param {string} sign @param {string} name @param {string} text @param {number} [ms] */
  const line = (sign, name, text, ms) => {
    const [first = '', ...rest] = text.split('\n')
    const time = ms === undefined ? '' : `  ${paint('dim', duration(ms))}`
    write(`  ${sign} ${name.padEnd(11)} ${first}${time}\n`)
    for (const each of rest) write(`    ${' '.repeat(11)} ${each}\n`)
  }

  return {
    /** @param {string} text */
    title: text => write(`${text}\n`),
    /** Before what takes long. @param {string} name @param {string} text */
    begun: (name, text) => line(paint('dim', '·'), name, `${text} …`),
    /** @param {string} name @param {string} text @param {number} ms */
    done: (name, text, ms) => line(paint('green', '✓'), name, text, ms),
    /** Something is missing that Orrery runs without. @param {string} name @param {string} text @param {number} ms */
    lacking: (name, text, ms) => line(paint('yellow', '!'), name, text, ms),
    /** @param {string} name @param {string} text */
    failed: (name, text) => line(paint('red', '✗'), name, text),
  }
}

/** @param {number} ms @returns {string} for example `8 ms`, `1.2 s` */
export const duration = ms => (ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`)

/**
 * https://no-color.org: present and not empty means no colour, whatever it says.
 * @param {NodeJS.ProcessEnv} env
 * @param {boolean} isTerminal
 * @returns {boolean}
 */
export const wantsColour = (env, isTerminal) =>
  !env.NO_COLOR && env.TERM !== 'dumb' && (isTerminal || Boolean(env.FORCE_COLOR))
