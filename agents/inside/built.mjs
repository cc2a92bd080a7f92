/** What tools leave in a tree and nobody wrote: it belongs to no commit, also where no .gitignore says so. */

/** Directories that hold nothing else, wherever they lie. */
const everywhere = [
  ...['node_modules', 'bower_components', '.next', '.nuxt', '.turbo', '.parcel-cache', '.vite', '.nyc_output'],
  ...['__pycache__', '.pytest_cache', '.mypy_cache', '.ruff_cache', '.tox', '.nox', '.venv', '.eggs', '.gradle'],
]

/** Names that could also be somebody's sources: what tools write lies beside their manifest. */
const besideManifests = {
  'package.json': ['dist', 'build', 'out', 'coverage'],
  'pyproject.toml': ['dist', 'build', 'htmlcov'],
  'setup.py': ['dist', 'build'],
  'Cargo.toml': ['target'],
  'pom.xml': ['target'],
  'build.gradle': ['build'],
}

/**
 * Pathspecs that leave it out of what is added. A directory of which `base` has a file belongs to the project.
 * @param {import('./code-parts.mjs').Run} git
 * @param {string} base a commit
 * @returns {string[]}
 */
export function withoutBuilt(git, base) {
  const known = git(['ls-tree', '-r', '-d', '-z', '--name-only', base]).split('\0').filter(Boolean)
  const names = new Set(known.map(path => path.split('/').at(-1)))
  const anywhere = everywhere.filter(name => !names.has(name)).map(name => `:(top,exclude,glob)**/${name}/**`)
  const manifests = Object.keys(besideManifests).map(name => `:(top,glob)**/${name}`)
  const found = git(['ls-files', '--cached', '--others', '-z', '--', ...manifests, ...anywhere]).split('\0')
  const beside = found.filter(Boolean).flatMap(path => {
    const cut = path.lastIndexOf('/') + 1
    const built = besideManifests[/** @type {keyof typeof besideManifests} */ (path.slice(cut))] ?? []
    return built.map(name => `${path.slice(0, cut)}${name}`)
  })
  const unknown = [...new Set(beside)].filter(path => !known.includes(path))
  return [...anywhere, ...unknown.map(path => `:(top,exclude,literal)${path}`)]
}
