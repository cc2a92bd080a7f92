/** What the trunk at /work/repo holds beyond its base: commits and files as JSON, the diff in /work/patch.diff. */
import { answer, openGit, writePatch } from './code-parts.mjs'
import { readOptions } from './options.mjs'
import { writeAll } from './report.mjs'

answer(() => {
  const { base, commit } = readOptions()
  const git = openGit()
  const commits = git(['rev-list', '--reverse', `${base}..${commit}`])
    .split('\n')
    .filter(Boolean)
    .slice(-500)
  return {
    commit,
    files: writePatch(git, base, commit, '/work/patch.diff'),
    commits: commits.map(one => ({ commit: one, message: git(['log', '-1', '--format=%B', one]).slice(0, 8_000) })),
  }
}, writeAll)
