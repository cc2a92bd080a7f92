/**
 * ESLint's Linter on a text: no look-up of configurations, no plugin but the given one, no access to files. The audited
 * repository's own configuration is neither read nor executed; only its disabling comments count.
 */
import { extname } from 'node:path'
import * as parser from '@typescript-eslint/parser'
import { Linter } from 'eslint'

export const eslintVersion = Linter.version

/**
 * @param {object} rules ESLint's rules, in a flat configuration
 * @param {{ plugins?: object, typescriptRules?: object, globals?: object }} options
 * @returns {(path: string, text: string, options?: { honourComments?: boolean }) => { messages: object[], suppressed: number }}
 */
export function createLint(rules, { plugins = {}, typescriptRules = {}, globals = {} } = {}) {
  const linter = new Linter({ configType: 'flat', cwd: '/' })
  const base = {
    files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
    plugins,
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    languageOptions: { ecmaVersion: 'latest', globals, parserOptions: { ecmaFeatures: { jsx: true } } },
    rules,
  }
  const known = new Set([...Object.keys(rules), ...Object.keys(typescriptRules)])
  const verify = (path, text, sourceType, allowInlineConfig) => {
    const typescript = /^\.[mc]?tsx?$/.test(extname(path))
    const languageOptions = { ...base.languageOptions, sourceType, ...(typescript ? { parser } : {}) }
    const config = { ...base, languageOptions, rules: typescript ? { ...rules, ...typescriptRules } : rules }
    return linter.verify(text, [config], { filename: `/${path}`, allowInlineConfig })
  }
  return (path, text, { honourComments = true } = {}) => {
    const source = text.startsWith('#!') ? `//${text.slice(2)}` : text
    let messages = verify(path, source, extname(path) === '.cjs' ? 'commonjs' : 'module', honourComments)
    if (messages.some(message => message.fatal) && extname(path) !== '.mjs')
      messages = verify(path, source, 'commonjs', honourComments)
    // Comments may name rules that only the repository's own plugins know: that is no fault of the code.
    const ours = messages.filter(
      message =>
        message.fatal ||
        (message.ruleId !== null && known.has(message.ruleId) && !/^Definition for rule/.test(message.message)),
    )
    return { messages: ours, suppressed: linter.getSuppressedMessages().length }
  }
}
