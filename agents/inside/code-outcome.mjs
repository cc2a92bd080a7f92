/**
 * What the trunk at /work/repo holds beyond its base: commits and files as JSON, the diff in /work/patch.diff; with
 * `archive`, all of its files in /work/project.tar, in a directory of that name.
 */
import { answer, openGit, writePatch } from './code-parts.mjs'
import { readOptions } from './options.mjs'
import { writeAll } from './report.mjs'

answer(() => {
  const { base, commit, archive } = readOptions()
  const git = openGit()
  const commits = git(['rev-list', '--reverse', `${base}..${commit}`])
    .split('\n')
    .filter(Boolean)
    .slice(-500)
  if (archive) git(['archive', '--format=tar', '--prefix=project/', '--output=/work/project.tar', commit])
  return {
    commit,
    files: writePatch(git, base, commit, '/work/patch.diff'),
    commits: commits.map(one => ({ commit: one, message: git(['log', '-1', '--format=%B', one]).slice(0, 8_000) })),
  }
}, writeAll)
