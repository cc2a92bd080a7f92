/** What the history says of a tree: how many commits, and which files they touched how often. */

const mostCommits = 5_000
const mostFiles = 1_000
const timeout = 40_000

/**
 * @param {ReturnType<import('./git.mjs').createGit>} git
 * @param {{ gitDir: string, commit: string, prefix: string }} at `prefix` is the audited sub-directory, empty for the whole
 */
export async function readHistory(git, { gitDir, commit, prefix }) {
  const within = prefix === '' ? [] : ['--', `:(top,literal)${prefix}`]
  const commits = Number(git.run(['--git-dir', gitDir, 'rev-list', '--count', commit, ...within], { timeout }))
  const touched = new Map()
  let file = null
  const finished = await git.lines(
    [
      '--git-dir',
      gitDir,
      'log',
      `--max-count=${mostCommits}`,
      '--format=',
      '--numstat',
      '--no-renames',
      '--no-ext-diff',
      '--no-textconv',
      '--no-color',
      ...(prefix === '' ? [] : [`--relative=${prefix}`]),
      commit,
      ...within,
    ],
    line => {
      const found = /^(\d+|-)\t(\d+|-)\t(.+)$/.exec(line)
      if (found === null) return
      file = found[3]
      const entry = touched.get(file) ?? { file, commits: 0, lines: 0 }
      entry.commits += 1
      // A dash stands for a binary file.
      entry.lines += (Number(found[1]) || 0) + (Number(found[2]) || 0)
      touched.set(file, entry)
    },
    { timeout },
  )
  const churn = [...touched.values()].sort((left, right) => right.commits - left.commits || right.lines - left.lines)
  return { commits, churn, limited: !finished || commits > mostCommits }
}

/** Only files that are still there, the most often touched first. */
export function presentChurn(churn, present) {
  return churn.filter(({ file }) => present.has(file)).slice(0, mostFiles)
}
