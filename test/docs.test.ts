/** What the documents say is there: commands, settings, files, links. */
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { createProgram } from '../cli/program.ts'
import { variables, variablesOfOthers } from '../server/variables.ts'
import { inCheckout } from '../setup/checkout.mjs'
import { documents, linesOf, snippets, snippetsIn, textOf, where } from './documents.ts'

test('there is something to look at, in languages that are looked at', () => {
  expect(snippets.length).toBeGreaterThan(30)
  const lookedAt = ['graphql', 'json', 'sh']
  const read = ['mermaid', 'text', '']
  expect(snippets.filter(({ language }) => ![...lookedAt, ...read].includes(language)).map(where)).toEqual([])
})

test.each(snippetsIn('json').map(snippet => [where(snippet), snippet.code]))('%s is JSON', (_, code) => {
  expect(() => JSON.parse(code)).not.toThrow()
})

describe('commands', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }
  const commands = snippetsIn('sh').flatMap(snippet =>
    linesOf(snippet.code).map(line => [where(snippet), line] as const),
  )

  test.each(commands)('%s %s', async (_, line) => {
    const assigned = [...line.matchAll(/(?:^|\s)([A-Z_]+)=\S*(?=\s)/g)].map(([, name = '']) => name)
    expect(assigned.filter(name => !isKnown(name))).toEqual([])
    expect(await fault(line.replace(/^((export )?[A-Z_]+=("[^"]*"|\S*)( |$))+/, ''), scripts)).toBe('')
  })
})

const settingsOfTests = ['SOAK', 'SOAK_SEED', 'SOAK_ROUNDS']
const isKnown = (name: string): boolean =>
  [...Object.keys(variables), ...variablesOfOthers, ...settingsOfTests].includes(name)

/** What is wrong with a command; empty where nothing is. A command that nobody can look at is wrong. */
async function fault(line: string, scripts: Record<string, string>): Promise<string> {
  const [program = '', ...words] = wordsOf(line)
  if (program === '' || program === 'curl' || program === 'cd' || line.startsWith('git clone ')) return ''
  if (program === 'npm') {
    const script = words[0] === 'run' ? (words[1] ?? '') : (words[0] ?? '')
    return script === 'ci' || Object.hasOwn(scripts, script) ? '' : `there is no script ${script}`
  }
  if (program === 'npx' && words[0] === 'vitest') return missing(words.filter(word => word.includes('/')))
  if (program === 'npx' && words[0] === 'biome') return ''
  if (program === 'npx' && words[0] === 'orrery') return orreryFault(words.slice(1))
  if (program === 'orrery') return orreryFault(words)
  if (program === 'node') return missing(words.filter(word => /\.(ts|mjs)$/.test(word)))
  return `${program} is not known here`
}

const missing = (paths: readonly string[]): string => paths.filter(path => !existsSync(inCheckout(path))).join(', ')
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '')

/** What the command line itself says of the words, without doing anything. */
async function orreryFault(words: readonly string[]): Promise<string> {
  let said = ''
  const stream = new Writable({
    write(chunk, _, done) {
      said += chunk
      done()
    },
  })
  const streams = { stdout: stream, stderr: stream, env: {}, cwd: () => '/' } as never
  const until = words.findIndex(word => ['|', '>', '&&'].includes(word))
  const program = createProgram(streams, async () => {})
  await program.parseAsync(until < 0 ? words : words.slice(0, until), { from: 'user' }).catch(error => {
    if (error.exitCode !== 0) said ||= String(error)
    else said = ''
  })
  return said
}

describe('what is named', () => {
  test.each(documents)('%s: links lead to files', path => {
    const links = [...textOf(path).matchAll(/\]\(([^)#\s]+)(#[^)]*)?\)/g)].map(([, target = '']) => target)
    const local = links.filter(target => !/^[a-z]+:/.test(target))
    expect(local.filter(target => !existsSync(inCheckout(dirname(path), target)))).toEqual([])
  })

  test.each(documents)('%s: files and folders of the project are there', path => {
    const named = [
      ...textOf(path).matchAll(
        /`((?:domain|db|agents|queues|server|web|cli|test|bench|setup|docs|examples)\/[\w./*-]*)`/g,
      ),
    ]
    const gone = named.map(([, name = '']) => name).filter(name => !name.includes('*') && !existsSync(inCheckout(name)))
    expect(gone).toEqual([])
  })

  test.each(documents)('%s: settings are known', path => {
    const named = [...textOf(path).matchAll(/\b(ORRERY_[A-Z_]+)\b/g)].map(([, name = '']) => name)
    expect([...new Set(named)].filter(name => !isKnown(name))).toEqual([])
  })
})
