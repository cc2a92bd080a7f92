/** What the history says of a tree: how many commits, and which files they touched how often. */

/** @typedef {{ file: string, commits: number, lines: number }} Churn */

const mostCommits = 5_000
const mostFiles = 1_000
const timeout = 40_000

/**
 * @param {import('./git.mjs').Git} git
 * @param {{ gitDir: string, commit: string, prefix: string }} at `prefix` is the audited directory, empty for the whole
 * @returns {Promise<{ commits: number, churn: Churn[], limited: boolean }>}
 */
export async function readHistory(git, { gitDir, commit, prefix }) {
  const inside = ['--git-dir', gitDir]
  const within = prefix === '' ? [] : ['--', `:(top,literal)${prefix}`]
  const commits = Number(git.run([...inside, 'rev-list', '--count', commit, ...within], { timeout }))
  /** @type {Map<string, Churn>} */
  const touched = new Map()
  const flags = ['--numstat', '--no-renames', '--no-ext-diff', '--no-textconv', '--no-color', '--format=']
  const relative = prefix === '' ? [] : [`--relative=${prefix}`]
  const finished = await git.lines(
    [...inside, 'log', `--max-count=${mostCommits}`, ...flags, ...relative, commit, ...within],
    line => count(touched, line),
    { timeout },
  )
  const churn = [...touched.values()].sort((left, right) => right.commits - left.commits || right.lines - left.lines)
  return { commits, churn, limited: !finished || commits > mostCommits }
}

/**
 * A line of --numstat: lines added, lines taken away, file. Dashes stand for a binary file.
 * @param {Map<string, Churn>} touched
 * @param {string} line
 */
function count(touched, line) {
  const [, added, taken, file] = /^(\d+|-)\t(\d+|-)\t(.+)$/.exec(line) ?? []
  if (file === undefined) return
  const known = touched.get(file) ?? { file, commits: 0, lines: 0 }
  const lines = (Number(added) || 0) + (Number(taken) || 0)
  touched.set(file, { file, commits: known.commits + 1, lines: known.lines + lines })
}

/**
 * Only files that are still there, the most often touched first.
 * @param {readonly Churn[]} churn
 * @param {ReadonlySet<string>} present
 */
export function presentChurn(churn, present) {
  return churn.filter(({ file }) => present.has(file)).slice(0, mostFiles)
}
