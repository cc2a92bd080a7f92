/** The layers of docs/architecture.md, as the imports really are. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { inCheckout } from '../setup/checkout.mjs'

/** What each folder may import from, besides itself and packages. `setup` stands below all: it runs before anything is installed. */
const below: Readonly<Record<string, readonly string[]>> = {
  setup: [],
  domain: [],
  db: ['domain'],
  agents: ['domain'],
  queues: ['domain', 'db', 'agents'],
  server: ['domain', 'db', 'agents', 'queues', 'setup'],
  web: ['domain'],
  cli: ['domain'],
}

/** Packages that a page may not load, and a domain that runs in the page neither. */
const isServerOnly = (name: string) => name.startsWith('node:')

type Import = { from: string; to: string }

const layers = Object.keys(below).filter(layer => existsSync(inCheckout(layer)))
const files = layers.flatMap(layer =>
  readdirSync(inCheckout(layer), { recursive: true, encoding: 'utf8' })
    .map(file => join(layer, file))
    .filter(file => /(?<!\.d)\.(ts|tsx|mjs)$/.test(file) && !/\/(node_modules|dist)\//.test(file)),
)

const imports: readonly Import[] = files.flatMap(from =>
  ts.preProcessFile(readFileSync(inCheckout(from), 'utf8')).importedFiles.map(({ fileName }) => ({
    from,
    to: fileName.startsWith('.') ? normalize(join(dirname(from), fileName)) : fileName,
  })),
)

/** Tests, and what helps them, may see everything; nothing else may see them. */
const proving = new Set(imports.filter(({ to }) => to === 'vitest').map(({ from }) => from))
const proves = (file: string) => /(\.test\.tsx?|[/-](testing|rig)\.ts)$/.test(file) || proving.has(file)

const inProject = ({ to }: Import) => existsSync(inCheckout(to))
const layerOf = (file: string) => file.split('/')[0] ?? ''
const shown = ({ from, to }: Import) => `${from} imports ${to}`

test('there is something to look at', () => {
  expect(files.length).toBeGreaterThan(50)
  expect(imports.filter(inProject).length).toBeGreaterThan(100)
})

test('imports point down only', () => {
  const upward = imports.filter(each => {
    const [from, to] = [layerOf(each.from), layerOf(each.to)]
    return inProject(each) && from !== to && !proves(each.from) && !below[from]?.includes(to)
  })
  expect(upward.map(shown)).toEqual([])
})

test('what proves is not part of the product', () => {
  const product = imports.filter(({ from }) => !proves(from))
  expect(product.filter(({ to }) => proves(to) || to.startsWith('test/') || to === 'vitest').map(shown)).toEqual([])
})

test.each(['domain', 'web'])('%s runs in a browser', layer => {
  const own = imports.filter(({ from }) => layerOf(from) === layer && !proves(from) && !from.endsWith('vite.config.ts'))
  expect(own.filter(({ to }) => isServerOnly(to)).map(shown)).toEqual([])
})

test('the domain knows no package but zod', () => {
  const own = imports.filter(each => layerOf(each.from) === 'domain' && !inProject(each) && !proves(each.from))
  expect(own.filter(({ to }) => to !== 'zod').map(shown)).toEqual([])
})

test('setup knows no package, because it runs before there are any', () => {
  const own = imports.filter(each => layerOf(each.from) === 'setup' && !inProject(each) && !proves(each.from))
  expect(own.filter(({ to }) => !to.startsWith('node:')).map(shown)).toEqual([])
})

test('one feature of the page never imports another', () => {
  const feature = (file: string) => /^web\/features\/([^/]+)/.exec(file)?.[1]
  const across = imports.filter(({ from, to }) => feature(from) && feature(to) && feature(from) !== feature(to))
  expect(across.map(shown)).toEqual([])
})

test('an import names its file with its extension, and no file is a barrel', () => {
  const vague = imports.filter(
    ({ from, to }) => (to.startsWith('.') || to.includes('/')) && layerOf(to) in below && !inProject({ from, to }),
  )
  expect(vague.map(shown)).toEqual([])
  expect(files.filter(file => /(^|\/)index\.tsx?$/.test(file) && !file.includes('/gql/'))).toEqual([])
})

describe('cycles', () => {
  test('are found where there are some', () => {
    const edges = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
      { from: 'c', to: 'b' },
      { from: 'c', to: 'd' },
    ]
    expect(findCycles(edges)).toEqual([['b', 'c', 'b']])
  })

  test('are not there', () => {
    expect(findCycles(imports.filter(inProject)).map(cycle => cycle.join(' → '))).toEqual([])
  })
})

/** Depth first; each cycle once, from where it was entered. */
function findCycles(edges: readonly Import[]): string[][] {
  const next = new Map<string, string[]>()
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to])
  const state = new Map<string, 'open' | 'done'>()
  const cycles: string[][] = []
  const visit = (file: string, path: readonly string[]) => {
    state.set(file, 'open')
    for (const to of next.get(file) ?? []) {
      if (state.get(to) === 'open') cycles.push([...path.slice(path.indexOf(to)), to])
      else if (!state.has(to)) visit(to, [...path, to])
    }
    state.set(file, 'done')
  }
  for (const file of next.keys()) if (!state.has(file)) visit(file, [file])
  return cycles
}
