/** The configurations of tools: often programs, and never executed by an audit. */
import { listed, walk } from './walk.mjs'

/** `vite.config.ts`, `.babelrc.js` and their kind. */
export const configurationOfTools = /(\.|-)config\.[cm]?[jt]s$|^\.\w+rc\.[cm]?js$/

/**
 * Says which configurations of tools were not executed, where there are any.
 * @param {RegExp} pattern of their file names
 * @param {import('./report.mjs').Report} report
 * @param {{ what: string, mend: string }} loss
 */
export function tellConfigurations(pattern, report, { what, mend }) {
  const found = [...walk()].filter(path => pattern.test(path.slice(path.lastIndexOf('/') + 1)))
  if (found.length === 0) return
  report.notChecked(
    `${what} (${listed(found)})`,
    'configurations can be programs, and an audit executes nothing of what it audits',
    mend,
  )
}
