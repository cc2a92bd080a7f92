/**
 * ESLint on a text, with our rules alone. No configuration is looked for and no plugin loaded but the given one: the
 * audited repository's own are neither read nor executed. Only its disabling comments count, where they may.
 */
import { extname } from 'node:path'
import * as parser from '@typescript-eslint/parser'
import { ESLint } from 'eslint'

export const eslintVersion = ESLint.version

/**
 * @typedef {{ ruleId: string | null, message: string, severity: number, fatal: boolean, line: number, column: number,
 *   endLine: number | null }} LintMessage
 * @typedef {{ messages: LintMessage[], suppressed: number }} LintResult
 */

/**
 * @param {import('eslint').Linter.RulesRecord} rules
 * @param {{ plugins?: Record<string, import('eslint').ESLint.Plugin>, typescriptRules?: import('eslint').Linter.RulesRecord,
 *   globals?: Record<string, boolean>, honourComments?: boolean }} options `typescriptRules` come on top in TypeScript
 * @returns {(path: string, text: string) => Promise<LintResult>}
 */
export function createLint(rules, { plugins = {}, typescriptRules = {}, globals = {}, honourComments = true } = {}) {
  /** @param {'module' | 'commonjs'} sourceType */
  const create = sourceType =>
    new ESLint({
      cwd: '/',
      // There is no file: what follows is all.
      overrideConfigFile: true,
      ignore: false,
      allowInlineConfig: honourComments,
      overrideConfig: [
        {
          files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
          plugins,
          rules,
          linterOptions: { reportUnusedDisableDirectives: 'off' },
          languageOptions: {
            ecmaVersion: 'latest',
            sourceType,
            globals,
            parserOptions: { ecmaFeatures: { jsx: true } },
          },
        },
        { files: ['**/*.{ts,mts,cts,tsx}'], rules: typescriptRules, languageOptions: { parser } },
      ],
    })
  const linters = { module: create('module'), commonjs: create('commonjs') }
  const known = new Set([...Object.keys(rules), ...Object.keys(typescriptRules)])

  return async (path, text) => {
    const [first, second] = extname(path) === '.cjs' ? [linters.commonjs] : [linters.module, linters.commonjs]
    let result = await lint(first, path, text)
    // Without its package nobody knows what a .js file is: whichever it can be read as.
    if (second !== undefined && extname(path) !== '.mjs' && result.messages.some(({ fatal }) => fatal)) {
      const other = await lint(second, path, text)
      if (!other.messages.some(({ fatal }) => fatal)) result = other
    }
    // Comments may name rules that only the repository's own plugins know: that is no fault of the code.
    const messages = result.messages.filter(
      ({ ruleId, fatal, message }) => fatal || (known.has(ruleId ?? '') && !message.startsWith('Definition for rule')),
    )
    return { messages, suppressed: result.suppressed }
  }
}

/**
 * @param {ESLint} linter
 * @param {string} path
 * @param {string} text
 * @returns {Promise<LintResult>}
 */
async function lint(linter, path, text) {
  const [result] = await linter.lintText(text, { filePath: `/${path}` })
  if (result === undefined) throw new Error('ESLint has no result')
  const messages = result.messages.map(({ ruleId, message, severity, fatal = false, line, column, endLine = null }) => {
    return { ruleId, message, severity, fatal, line, column, endLine }
  })
  return { messages, suppressed: result.suppressedMessages.length }
}
