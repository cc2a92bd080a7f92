import { describe, expect, it } from 'vitest'
import { EnvReport } from '../../domain/artifact.ts'
import { diagnose } from './diagnose.ts'
import { Facts } from './facts.ts'

const facts = (change: Partial<Facts> = {}): Facts => ({
  ...{
    versions: { node: '20.19.0', git: '2.39.5' },
    manifests: [],
    lockFiles: [],
    languages: {},
    textFiles: 1,
    evidence: [],
    python: [],
    missing: [],
  },
  ...change,
})
const packageJson = (json: object) => ({ file: 'package.json', text: JSON.stringify(json, null, 2) })
const rules = (change: Partial<Facts>) =>
  diagnose(facts(change), 1).findings.map(({ rule, file, line }) => `${rule} ${file}:${line}`)

describe('which analyzers suit', () => {
  it.each([
    [
      'JavaScript with a manifest',
      { languages: { JavaScript: 3 }, manifests: [packageJson({})] },
      5,
      ['lint', 'duplicates', 'complexity', 'dead-code', 'dependencies', 'import-cycles', 'secrets', 'hotspots'],
    ],
    [
      'TypeScript without a manifest',
      { languages: { TypeScript: 3 } },
      5,
      ['lint', 'types', 'duplicates', 'complexity', 'import-cycles', 'secrets', 'hotspots'],
    ],
    [
      'JavaScript that asks for types',
      { languages: { JavaScript: 1 }, evidence: ['ts-check'] },
      0,
      ['lint', 'types', 'duplicates', 'complexity', 'import-cycles', 'secrets'],
    ],
    [
      'Python without a history',
      { languages: { Python: 1 } },
      0,
      ['lint', 'duplicates', 'complexity', 'dead-code', 'secrets'],
    ],
    ['another language', { languages: { Rust: 1 } }, 2, ['duplicates', 'secrets', 'hotspots']],
    ['text only', { textFiles: 0, evidence: ['text'] }, 2, ['secrets']],
    ['nothing readable', { textFiles: 0 }, 2, []],
  ])('%s', (_, change, commits, analyzers) => {
    const report = diagnose(facts(change), commits)
    expect(report.analyzers).toEqual(analyzers)
    expect(EnvReport.parse(report)).toEqual(report)
    // Each analyzer runs, or is said not to.
    const all = [
      'lint',
      'types',
      'duplicates',
      'complexity',
      'dead-code',
      'dependencies',
      'import-cycles',
      'secrets',
      'hotspots',
    ]
    const left = report.notChecked.map(({ what }) => what)
    expect(all.filter(name => !report.analyzers.includes(name)).every(name => left.includes(name))).toBe(true)
  })
})

describe('what is wrong with the surroundings', () => {
  it('a manifest that cannot be read, with its line', () => {
    expect(rules({ manifests: [{ file: 'package.json', text: '{\n"a": 1,\n}' }] })).toEqual([
      'broken-manifest package.json:3',
    ])
    expect(rules({ manifests: [{ file: 'package.json', text: '{\n"a": 1' }] })).toEqual([
      'broken-manifest package.json:2',
    ])
    expect(rules({ manifests: [{ file: 'sub/pyproject.toml', text: '[a]\nb = \n' }] })).toEqual([
      'broken-manifest sub/pyproject.toml:2',
    ])
    expect(rules({ manifests: [{ file: 'package.json', text: '[]' }] })).toEqual(['broken-manifest package.json:1'])
  })

  it('an engine that does not match, at the line that asks for it', () => {
    expect(rules({ manifests: [packageJson({ engines: { node: '>=22' } })] })).toEqual([
      'engine-mismatch package.json:3',
    ])
    expect(rules({ manifests: [packageJson({ engines: { node: '>=20' } })] })).toEqual([])
    expect(rules({ manifests: [packageJson({ engines: { node: 'whatever' } })] })).toEqual([])
    const python = { versions: { python3: '3.11.2' }, languages: { Python: 1 } }
    expect(
      rules({
        ...python,
        manifests: [{ file: 'pyproject.toml', text: '[project]\nname = "x"\nrequires-python = ">=3.12,<4"\n' }],
      }),
    ).toEqual(['engine-mismatch pyproject.toml:3'])
    expect(
      rules({ ...python, manifests: [{ file: 'pyproject.toml', text: '[project]\nrequires-python = "~=3.9"\n' }] }),
    ).toEqual([])
    expect(rules({ versions: { go: '1.20' }, manifests: [{ file: 'go.mod', text: 'module x\n\ngo 1.22\n' }] })).toEqual(
      ['engine-mismatch go.mod:3'],
    )
  })

  it('a missing lock file, and too many', () => {
    const manifests = [packageJson({ dependencies: { a: '1' } })]
    expect(rules({ manifests })).toEqual(['missing-lock-file package.json:1'])
    expect(rules({ manifests, lockFiles: ['package-lock.json', 'sub/yarn.lock'] })).toEqual([])
    expect(rules({ manifests, lockFiles: ['package-lock.json', 'yarn.lock'] })).toEqual([
      'several-lock-files package-lock.json:1',
    ])
  })

  it('a program that is not there, and how to mend it', () => {
    const { toolchains } = diagnose(facts({ versions: { python3: null } }), 0)
    expect(toolchains).toEqual([
      { name: 'python3', version: null, required: null, ok: false, mend: 'Install Python 3 where the server runs.' },
    ])
  })

  it('packages that are not installed', () => {
    const report = diagnose(facts({ missing: ['a', 'b'] }), 0)
    expect(report.dependenciesPresent).toBe(false)
    expect(report.notChecked[0]).toMatchObject({ what: 'what needs a, b', why: 'they are declared and not installed' })
  })
})

describe('what was seen inside', () => {
  it('is parsed: one odd entry costs itself, not the rest', () => {
    const seen = {
      ...facts(),
      manifests: [{ file: '../../etc/passwd', text: '' }, { file: 'package.json', text: '{}' }, 7],
      lockFiles: ['yarn.lock', '/etc/x', 'a\u202E.lock'],
    }
    const parsed = Facts.parse(seen)
    expect(parsed.manifests).toEqual([{ file: 'package.json', text: '{}' }])
    expect(parsed.lockFiles).toEqual(['yarn.lock'])
  })
})
