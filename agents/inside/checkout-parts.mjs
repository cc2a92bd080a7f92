/**
 * What the parts of a checkout share.
 *
 * @typedef {object} CheckoutOptions
 * @property {'git' | 'plain' | 'url'} mode
 * @property {string} source where the directory is mounted; empty for a URL
 * @property {string} gitDir where its history is mounted; empty where there is none
 * @property {string} prefix the audited directory within the repository; empty for the whole
 * @property {string} url empty for a directory
 * @property {string} ref empty for what HEAD is
 * @property {boolean} bare there is no tree beside the history
 *
 * @typedef {{ what: string, why: string, mend: string }} LeftOut
 * @typedef {(what: string, why: string, mend?: string) => void} LeaveOut
 *
 * @typedef {object} Placed
 * @property {string | null} commit
 * @property {string | null} branch
 * @property {number} commits
 * @property {import('./history.mjs').Churn[]} churn
 * @property {number} time of the commit, in seconds
 */

/** No, with a reason for people. */
export class Refused extends Error {
  /**
   * @param {'BAD_INPUT' | 'NOT_FOUND' | 'LIMIT_EXCEEDED' | 'UNAVAILABLE'} code
   * @param {string} message
   * @param {string} hint
   */
  constructor(code, message, hint = '') {
    super(message)
    this.code = code
    this.hint = hint
  }
}
