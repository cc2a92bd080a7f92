/** What is asked of JavaScript and TypeScript: what ESLint recommends, and what is nearly always a mistake besides. */
import eslint from '@eslint/js'
import typescriptPlugin from '@typescript-eslint/eslint-plugin'
import globals from 'globals'
import { createLint } from './eslint.mjs'

const unusedNames = {
  ...{ args: 'none', caughtErrors: 'none', ignoreRestSiblings: true },
  ...{ varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
}

/**
 * These are warnings; what ESLint recommends is an error unless it stands here too.
 * @type {import('eslint').Linter.RulesRecord}
 */
const warnings = {
  'array-callback-return': 1,
  eqeqeq: [1, 'always', { null: 'ignore' }],
  'no-array-constructor': 1,
  'no-constructor-return': 1,
  // Whoever cleans text has to name what he takes out.
  'no-control-regex': 0,
  'no-empty': [1, { allowEmptyCatch: true }],
  'no-eval': 1,
  'no-extra-boolean-cast': 1,
  'no-implied-eval': 1,
  'no-new-func': 1,
  'no-self-compare': 1,
  'no-template-curly-in-string': 1,
  'no-throw-literal': 1,
  'no-unreachable-loop': 1,
  'no-unused-vars': [1, unusedNames],
  'no-useless-assignment': 1,
  'no-useless-catch': 1,
  'no-useless-escape': 1,
  'no-var': 1,
  'preserve-caught-error': 1,
  'require-yield': 1,
}

/**
 * For files in TypeScript: the compiler knows some better, and for some the plugin has a version that understands types.
 * @type {import('eslint').Linter.RulesRecord}
 */
const typescriptRules = {
  ...typescriptPlugin.configs['eslint-recommended']?.overrides?.[0]?.rules,
  'no-unused-vars': 0,
  'no-array-constructor': 0,
  'no-var': 1,
  '@typescript-eslint/ban-ts-comment': 1,
  '@typescript-eslint/no-array-constructor': 1,
  '@typescript-eslint/no-duplicate-enum-values': 2,
  '@typescript-eslint/no-explicit-any': 1,
  '@typescript-eslint/no-extra-non-null-assertion': 1,
  '@typescript-eslint/no-misused-new': 2,
  '@typescript-eslint/no-non-null-asserted-optional-chain': 2,
  '@typescript-eslint/no-this-alias': 1,
  '@typescript-eslint/no-unsafe-declaration-merging': 2,
  '@typescript-eslint/no-unsafe-function-type': 1,
  '@typescript-eslint/no-unused-vars': [1, unusedNames],
  '@typescript-eslint/no-wrapper-object-types': 1,
  '@typescript-eslint/prefer-as-const': 1,
}

/** Without the repository's configuration nobody knows where its code runs: every well-known place is thought of. */
const everywhere = {
  ...{ ...globals.browser, ...globals.worker, ...globals.serviceworker, ...globals.node, ...globals.commonjs },
  ...{
    ...globals.jest,
    ...globals.mocha,
    ...globals.vitest,
    ...globals.jasmine,
    ...globals.jquery,
    ...globals.webextensions,
  },
}

export function javascriptLint() {
  // The two packages describe the same interface in types that do not fit each other.
  const plugin = /** @type {import('eslint').ESLint.Plugin} */ (/** @type {unknown} */ (typescriptPlugin))
  return createLint(
    { ...eslint.configs.recommended.rules, ...warnings },
    { plugins: { '@typescript-eslint': plugin }, typescriptRules, globals: everywhere },
  )
}
