/**
 * Applies one of ESLint's own fixable rules to the sources of /work/repo. No configuration of the project is looked at and
 * no plugin loaded. Options: `rule`. Prints the files that changed.
 */
import { writeFileSync } from 'node:fs'
import * as parser from '@typescript-eslint/parser'
import { Linter } from 'eslint'
import { answer } from './code-parts.mjs'
import { javascript, readSources, typescript } from './files.mjs'
import { readOptions } from './options.mjs'
import { writeAll } from './report.mjs'

/** @type {import('eslint').Linter.RulesRecord} */
const settings = {
  'prefer-const': ['error', { destructuring: 'all' }],
  'logical-assignment-operators': ['error', 'always', { enforceForIfStatements: true }],
  'no-else-return': ['error', { allowElseIf: false }],
  'object-shorthand': ['error', 'always', { avoidQuotes: true }],
}

answer(() => {
  const { rule } = readOptions()
  process.chdir('/work/repo')
  const linter = new Linter({ configType: 'flat' })
  const rules = { [rule]: settings[rule] ?? 'error' }
  const changed = []
  for (const { path, text } of readSources([...javascript, ...typescript], { notChecked: () => {} })) {
    const isTypeScript = typescript.some(extension => path.endsWith(extension))
    const { fixed, output, messages } = linter.verifyAndFix(
      text,
      [
        {
          files: ['**/*'],
          rules,
          languageOptions: { ecmaVersion: 'latest', ...(isTypeScript ? { parser } : {}) },
        },
      ],
      { filename: path },
    )
    // What cannot be read is left as it is.
    if (!fixed || messages.some(({ fatal }) => fatal)) continue
    writeFileSync(path, output)
    changed.push(path)
  }
  return { changed }
}, writeAll)
