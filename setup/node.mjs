/** The oldest Node that runs all of this; package.json says the same in `engines`. */

/**
 * @param {string} version for example `20.19.0`
 * @throws {Error} where it is too old
 */
export function requireNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  throw new Error(
    `Node ${version} is too old: Orrery needs 20.19 or newer. See https://nodejs.org, or use your version manager.`,
  )
}
