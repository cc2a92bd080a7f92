/** Manifests: whether they can be read at all, and what of them matters to an audit. */
import { parse as parseToml } from 'smol-toml'
import { z } from 'zod'
import type { EnvReport, Finding } from '../../domain/artifact.ts'
import { cleanText } from '../../domain/run/clean.ts'
import type { Facts } from './facts.ts'

const names = z.record(z.string(), z.unknown()).catch({})

export const PackageJson = z.object({
  engines: z
    .object({ node: z.string().optional().catch(undefined) })
    .catch({})
    .default({}),
  scripts: z.record(z.string(), z.string()).catch({}).default({}),
  dependencies: names.default({}),
  devDependencies: names.default({}),
  packageManager: z.string().optional().catch(undefined),
})
export type PackageJson = z.infer<typeof PackageJson>

export const PyProject = z.object({
  project: z
    .object({ 'requires-python': z.string().optional().catch(undefined) })
    .catch({})
    .default({}),
  tool: z.record(z.string(), z.unknown()).catch({}).default({}),
})
export type PyProject = z.infer<typeof PyProject>

export type Manifests = {
  manifests: EnvReport['manifests']
  findings: Finding[]
  /** Those at the top of the tree; null where they are missing or broken. */
  packageJson: PackageJson | null
  pyProject: PyProject | null
  /** Text of a manifest at the top. */
  text(name: string): string | null
}

const ecosystems: Readonly<Record<string, string>> = {
  ...{
    'package.json': 'npm',
    'deno.json': 'Deno',
    'tsconfig.json': 'TypeScript',
    'jsconfig.json': 'TypeScript',
    'composer.json': 'PHP',
  },
  ...{
    'pyproject.toml': 'Python',
    'setup.py': 'Python',
    'setup.cfg': 'Python',
    Pipfile: 'Python',
    'requirements.txt': 'Python',
  },
  ...{
    'go.mod': 'Go',
    'Cargo.toml': 'Rust',
    'pom.xml': 'Java',
    'build.gradle': 'Java',
    'build.gradle.kts': 'Java',
    Gemfile: 'Ruby',
  },
}

export function readManifests(facts: Facts): Manifests {
  const seen = facts.manifests.flatMap(({ file, text }) => {
    const name = file.slice(file.lastIndexOf('/') + 1)
    const ecosystem = ecosystems[name]
    return ecosystem === undefined ? [] : [{ file, ecosystem, text, ...parseManifest(name, text) }]
  })
  const atTop = (name: string) => seen.find(({ file }) => file === name)
  const packageJson = PackageJson.safeParse(atTop('package.json')?.value)
  const pyProject = PyProject.safeParse(atTop('pyproject.toml')?.value)
  return {
    manifests: seen.map(({ file, ecosystem, fault }) => ({
      file,
      ecosystem,
      valid: fault === null,
      message: fault?.message ?? '',
    })),
    findings: seen.flatMap(({ file, fault }) => (fault === null ? [] : [broken(file, fault)])),
    packageJson: packageJson.success ? packageJson.data : null,
    pyProject: pyProject.success ? pyProject.data : null,
    text: name => facts.manifests.find(({ file }) => file === name)?.text ?? null,
  }
}

type Fault = { message: string; line: number | null }

function parseManifest(name: string, text: string): { value: unknown; fault: Fault | null } {
  try {
    if (name === 'package.json' || name === 'composer.json') return objectIn(JSON.parse(text))
    if (name.endsWith('.toml')) return objectIn(parseToml(text))
  } catch (error) {
    const message =
      cleanText(error instanceof Error ? error.message : String(error))
        .split('\n')[0]
        ?.slice(0, 300) ?? ''
    return { value: null, fault: { message, line: lineOf(error, text) } }
  }
  return { value: text, fault: null }
}

function objectIn(value: unknown): { value: unknown; fault: Fault | null } {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return { value, fault: isObject ? null : { message: 'is not an object', line: 1 } }
}

/** Where a parser stumbled: smol-toml says the line, V8 the position, and at the end of the text neither. */
function lineOf(error: unknown, text: string): number | null {
  if (typeof error === 'object' && error !== null && 'line' in error && typeof error.line === 'number')
    return error.line
  const position = /position (\d+)/.exec(String(error))?.[1]
  if (position !== undefined) return text.slice(0, Number(position)).split('\n').length
  return text.trimEnd().split('\n').length
}

const broken = (file: string, { message, line }: Fault): Finding => ({
  rule: 'broken-manifest',
  message: `This manifest cannot be read: ${message}. Nothing that depends on it works.`,
  severity: 'error',
  file,
  line,
  column: null,
  endLine: null,
  related: [],
})
