/** Whether the programs that a repository asks for are there, in a version that it accepts. */
import semver from 'semver'
import type { EnvReport, Finding } from '../../domain/artifact.ts'
import type { Facts } from './facts.ts'
import type { Manifests } from './manifests.ts'

type Toolchain = EnvReport['toolchains'][number]

/** What must be installed for a program to be there. */
const mends: Readonly<Record<string, string>> = {
  git: 'Install git.',
  python3: 'Install Python 3 where the server runs.',
  go: 'Install Go where the server runs.',
  cargo: 'Install Rust where the server runs.',
  java: 'Install a JDK where the server runs.',
  ruby: 'Install Ruby where the server runs.',
  php: 'Install PHP where the server runs.',
}

export function examineToolchains(
  facts: Facts,
  manifests: Manifests,
): { toolchains: Toolchain[]; findings: Finding[] } {
  const required = requirements(manifests)
  const toolchains = Object.entries(facts.versions).map(([name, version]) =>
    examine(name, version, required[name] ?? null),
  )
  const findings = toolchains.flatMap(({ name, version, required, ok }) => {
    const place = places[name]
    return ok || version === null || required === null || place === undefined
      ? []
      : [mismatch(name, version, required, place, manifests)]
  })
  return { toolchains, findings }
}

/** Where a requirement stands: the file, and what its line looks like. */
const places: Readonly<Record<string, { file: string; line: RegExp }>> = {
  node: { file: 'package.json', line: /^\s*"node"\s*:/ },
  python3: { file: 'pyproject.toml', line: /^\s*requires-python\s*=/ },
  go: { file: 'go.mod', line: /^go\s/ },
}

function requirements({ packageJson, pyProject, text }: Manifests): Readonly<Record<string, string | null>> {
  return {
    node: packageJson?.engines.node ?? null,
    python3: pyProject?.project['requires-python'] ?? null,
    go: /^go\s+(\d+\.\d+(?:\.\d+)?)/m.exec(text('go.mod') ?? '')?.[1] ?? null,
  }
}

function examine(name: string, version: string | null, required: string | null): Toolchain {
  if (version === null) return { name, version, required, ok: false, mend: mends[name] ?? `Install ${name}.` }
  const ok = required === null || satisfies(name, version, required)
  return {
    name,
    version,
    required,
    ok,
    mend: ok ? '' : `Use a ${name} that satisfies ${required}, or widen what the repository asks for.`,
  }
}

/** A requirement that cannot be read is not held against anybody. */
export function satisfies(name: string, version: string, required: string): boolean {
  const have = semver.coerce(version)
  const range = name === 'go' ? `>=${required}` : name === 'python3' ? pythonRange(required) : required
  return have === null || semver.validRange(range) === null || semver.satisfies(have, range)
}

/** PEP 440, as far as requires-python uses it, in the words of semver. */
function pythonRange(specifier: string): string {
  const parts = specifier.split(',').map(part => part.trim())
  const ranges = parts.map(part => {
    const compatible = /^~=\s*(\d+)\.(\d+)(?:\.(\d+))?$/.exec(part)
    if (compatible !== null)
      return compatible[3] === undefined
        ? `^${compatible[1]}.${compatible[2]}.0`
        : `~${compatible[1]}.${compatible[2]}.${compatible[3]}`
    if (part.startsWith('!=')) return ''
    return part.replace(/^===?/, '=').replace(/\.\*$/, '.x')
  })
  return ranges.join(' ').trim() || '*'
}

function mismatch(
  name: string,
  version: string,
  required: string,
  place: { file: string; line: RegExp },
  { text }: Manifests,
): Finding {
  const line = (text(place.file) ?? '').split('\n').findIndex(candidate => place.line.test(candidate))
  return {
    rule: 'engine-mismatch',
    message: `The repository asks for ${name} ${required.slice(0, 100)}, and ${version} is what runs here.`,
    severity: 'warning',
    file: place.file,
    line: line === -1 ? null : line + 1,
    column: null,
    endLine: null,
    related: [],
  }
}
