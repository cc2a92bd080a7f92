/** Compiler options: the repository's own, without whatever would write, execute or only confuse. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { directoryOf } from './version.mjs'

/** What would write files, or only makes sense together with writing them. */
const writing = [
  ...[
    'composite',
    'incremental',
    'tsBuildInfoFile',
    'declaration',
    'declarationMap',
    'declarationDir',
    'emitDeclarationOnly',
  ],
  ...['isolatedDeclarations', 'stripInternal', 'plugins'],
]
/** What is only on its way out of the compiler works as it did. */
const harmless = { noEmit: true, skipLibCheck: true, ignoreDeprecations: '6.0' }

/** For JavaScript that asks to be checked and has no configuration. */
export const ourTypes = {
  ...harmless,
  allowJs: true,
  strict: true,
  noImplicitAny: false,
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  typeRoots: [join(directoryOf('@types/node'), '..')],
  types: ['node'],
}

/**
 * A configuration that was written for TypeScript 5 or older means its defaults, not those of 6.
 * @param {ts.CompilerOptions} options as parsed
 * @param {{ extends?: unknown }} config as written
 * @param {string} root of the repository
 * @returns {ts.CompilerOptions}
 */
export function fillDefaults(options, config, root) {
  /** @type {ts.CompilerOptions} */
  const filled = {
    ...Object.fromEntries(Object.entries(options).filter(([name]) => !writing.includes(name))),
    ...harmless,
  }
  if (declaredMajor(root) < 6 && config.extends === undefined) {
    filled.strict = options.strict ?? false
    filled.types = options.types ?? ['*']
    filled.noUncheckedSideEffectImports = options.noUncheckedSideEffectImports ?? false
  }
  return filled
}

/**
 * The major version of TypeScript that the repository asks for; today's where it says nothing.
 * @param {string} root
 */
function declaredMajor(root) {
  try {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const range = { ...manifest.dependencies, ...manifest.devDependencies }.typescript
    return Number(/\d+/.exec(range ?? '')?.[0] ?? 6)
  } catch {
    return existsSync(join(root, 'package.json')) ? 5 : 6
  }
}
