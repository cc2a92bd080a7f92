/** Lock files: whether there is one, whether there is only one, and whether it still says what the manifest says. */
import type { EnvReport, Finding } from '../../domain/artifact.ts'
import type { Facts } from './facts.ts'
import type { Manifests } from './manifests.ts'

const tools: Readonly<Record<string, string>> = {
  ...{
    'package-lock.json': 'npm',
    'npm-shrinkwrap.json': 'npm',
    'yarn.lock': 'Yarn',
    'pnpm-lock.yaml': 'pnpm',
    'bun.lock': 'Bun',
    'bun.lockb': 'Bun',
  },
  ...{
    'poetry.lock': 'Poetry',
    'uv.lock': 'uv',
    'pdm.lock': 'PDM',
    'Pipfile.lock': 'Pipenv',
    'go.sum': 'Go',
    'Cargo.lock': 'Cargo',
  },
  ...{ 'Gemfile.lock': 'Bundler', 'composer.lock': 'Composer' },
}
const javascriptTools = ['npm', 'Yarn', 'pnpm', 'Bun']

export function examineLockFiles(
  facts: Facts,
  { packageJson }: Manifests,
): { lockFiles: EnvReport['lockFiles']; findings: Finding[] } {
  const lockFiles = facts.lockFiles.map(file => ({
    file,
    tool: tools[file.slice(file.lastIndexOf('/') + 1)] ?? 'unknown',
  }))
  const atTop = lockFiles.filter(({ file, tool }) => !file.includes('/') && javascriptTools.includes(tool))
  const used = [...new Set(atTop.map(({ tool }) => tool))]
  const findings: Finding[] = []
  if (
    packageJson !== null &&
    used.length === 0 &&
    Object.keys({ ...packageJson.dependencies, ...packageJson.devDependencies }).length > 0
  ) {
    findings.push(
      finding(
        'missing-lock-file',
        'package.json',
        'Dependencies are declared and no lock file says which versions were meant: two installations may differ.',
        [],
      ),
    )
  }
  if (used.length > 1) {
    const [first, ...others] = atTop
    findings.push(
      finding(
        'several-lock-files',
        first?.file ?? '',
        `Lock files of ${used.join(' and ')} lie side by side, and each says something else sooner or later.`,
        others.map(({ file }) => file),
      ),
    )
  }
  return { lockFiles, findings }
}

const finding = (rule: string, file: string, message: string, related: string[]): Finding => ({
  rule,
  message,
  severity: 'warning',
  file,
  line: 1,
  column: null,
  endLine: null,
  related: related.map(other => ({ file: other, line: null })),
})
