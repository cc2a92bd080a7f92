/** The documents of the project and what stands in them, for the tests that hold them to the truth. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inCheckout } from '../setup/checkout.mjs'

export const documents = ['README.md', 'CONTRIBUTING.md', ...filesIn('docs').filter(path => path.endsWith('.md'))]
export const textOf = (path: string): string => readFileSync(inCheckout(path), 'utf8')

function filesIn(directory: string): string[] {
  return readdirSync(inCheckout(directory), { recursive: true, encoding: 'utf8' }).map(path => join(directory, path))
}

export type Snippet = { path: string; language: string; code: string; line: number }

export const snippets = documents.flatMap((path): Snippet[] =>
  [...textOf(path).matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(({ 1: language = '', 2: code = '', index }) => ({
    path,
    language,
    code,
    line: textOf(path).slice(0, index).split('\n').length,
  })),
)
export const snippetsIn = (...languages: string[]) => snippets.filter(({ language }) => languages.includes(language))
export const where = ({ path, line }: Snippet): string => `${path}:${line}`

/** The commands of a snippet, one a line, comments left out. */
export const linesOf = (code: string): string[] =>
  code
    .split('\n')
    .map(line => line.replace(/(^|\s)#.*$/, '').trim())
    .filter(line => line !== '')
