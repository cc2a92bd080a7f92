/** From what was seen to what it means: the report on the surroundings, and which analyzers and test runners suit. */
import type { EnvReport, NotChecked } from '../../domain/artifact.ts'
import { detectRunners } from '../tests/detect.ts'
import type { Facts } from './facts.ts'
import { examineLockFiles } from './lock-files.ts'
import { type Manifests, readManifests } from './manifests.ts'
import { examineToolchains } from './toolchains.ts'

/** `commits` is how long the history is that churn was counted in. */
export function diagnose(facts: Facts, commits: number): EnvReport {
  const manifests = readManifests(facts)
  const toolchains = examineToolchains(facts, manifests)
  const locks = examineLockFiles(facts, manifests)
  const tests = detectRunners(facts, manifests)
  const suiting = suitingAnalyzers(facts, manifests, commits)
  return {
    toolchains: toolchains.toolchains,
    manifests: manifests.manifests,
    lockFiles: locks.lockFiles,
    dependenciesPresent: facts.missing.length === 0,
    testRunners: tests.runners,
    analyzers: suiting.analyzers,
    findings: [...manifests.findings, ...toolchains.findings, ...locks.findings],
    notChecked: [...missingPackages(facts), ...suiting.notChecked, ...tests.notChecked],
  }
}

function suitingAnalyzers(
  facts: Facts,
  { packageJson, text }: Manifests,
  commits: number,
): { analyzers: string[]; notChecked: NotChecked[] } {
  const javascript = 'JavaScript' in facts.languages || 'TypeScript' in facts.languages
  const python = 'Python' in facts.languages
  const code = Object.keys(facts.languages).length > 0
  const typed =
    'TypeScript' in facts.languages ||
    facts.evidence.includes('ts-check') ||
    [text('tsconfig.json'), text('jsconfig.json')].some(config => config !== null)
  const readable = facts.textFiles > 0 || facts.evidence.includes('text')
  const analyzers: string[] = []
  const notChecked: NotChecked[] = []
  const consider = (name: string, suits: boolean, why: string, mend = '') => {
    if (suits) analyzers.push(name)
    else notChecked.push({ what: name, why, mend })
  }
  const nothing = 'there is no JavaScript, TypeScript or Python in it'
  consider('lint', javascript || python, nothing)
  consider(
    'types',
    typed,
    javascript ? 'nothing says what the types are' : 'there is no TypeScript in it',
    javascript ? 'Add a tsconfig.json with "checkJs", or // @ts-check to the files.' : '',
  )
  consider('duplicates', code, 'there is no code in it')
  consider('complexity', javascript || python, nothing)
  consider(
    'dead-code',
    (javascript && packageJson !== null) || python,
    javascript ? 'there is no package.json that says where the program starts' : nothing,
    javascript ? 'Add a package.json.' : '',
  )
  consider(
    'dependencies',
    javascript && packageJson !== null,
    javascript ? 'there is no package.json that could be read' : 'only the manifests of npm are understood',
    javascript ? 'Add a package.json.' : '',
  )
  consider('import-cycles', javascript, 'there is no JavaScript or TypeScript in it')
  consider('secrets', readable, 'there is no text in it')
  consider('hotspots', code && commits > 0, code ? 'there is no history to count changes in' : 'there is no code in it')
  const others = Object.keys(facts.languages).filter(
    language => !['JavaScript', 'TypeScript', 'Python'].includes(language),
  )
  if (others.length > 0) {
    notChecked.push({
      what: `lint, types and complexity of ${others.slice(0, 8).join(', ')}`,
      why: 'there is no analyzer for them',
      mend: 'Run the linters of these languages beside the audit.',
    })
  }
  return { analyzers, notChecked }
}

function missingPackages({ missing }: Facts): NotChecked[] {
  if (missing.length === 0) return []
  const shown = missing.slice(0, 5).join(', ')
  return [
    {
      what: `what needs ${shown}${missing.length > 5 ? ` and ${missing.length - 5} more packages` : ''}`,
      why: 'they are declared and not installed',
      mend: 'Install the dependencies and audit the local path.',
    },
  ]
}
