/** What a browser loads first, as it is built. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

const web = fileURLToPath(new URL('.', import.meta.url))
const out = mkdtempSync(join(tmpdir(), 'orrery-bundle-'))
type Chunk = { file: string; isEntry?: boolean; imports?: string[]; css?: string[] }

beforeAll(async () => {
  // Otherwise it would be built with the React that is for developing.
  vi.stubEnv('NODE_ENV', 'production')
  await build({
    configFile: join(web, 'vite.config.ts'),
    logLevel: 'silent',
    build: { outDir: out, emptyOutDir: true },
  })
})
afterAll(() => rmSync(out, { recursive: true }))

const read = (file: string) => readFileSync(join(out, file))
const zipped = (files: readonly string[]) => files.reduce((sum, file) => sum + gzipSync(read(file)).length, 0)

function firstLoad(): string[] {
  const chunks = JSON.parse(String(read('.vite/manifest.json'))) as Record<string, Chunk>
  const found = new Set<string>()
  const visit = (name: string) => {
    const chunk = chunks[name]
    if (chunk === undefined || found.has(chunk.file)) return
    found.add(chunk.file)
    for (const style of chunk.css ?? []) found.add(style)
    for (const next of chunk.imports ?? []) visit(next)
  }
  for (const [name, chunk] of Object.entries(chunks)) if (chunk.isEntry) visit(name)
  return [...found]
}

test('the first load is small', () => {
  const files = firstLoad()
  expect(files.some(file => file.endsWith('.js')) && files.some(file => file.endsWith('.css'))).toBe(true)
  // React 67 KB, the router 27, urql and graphql-ws 15, all documents 17, and ourselves.
  expect(zipped(files.filter(file => file.endsWith('.js')))).toBeLessThan(160 * 1024)
  expect(zipped(files.filter(file => file.endsWith('.css')))).toBeLessThan(12 * 1024)
})

test('what only some pages need is not in it', () => {
  const text = firstLoad()
    .map(file => String(read(file)))
    .join('\n')
  expect(text).toContain('RunStarted')
  for (const heavy of ['react-flow__', 'thematicBreak', 'No event matches'])
    expect(text.includes(heavy), heavy).toBe(false)
})

test('zod is nowhere: the browser folds what the server has parsed', () => {
  const scripts = readdirSync(join(out, 'assets')).filter(file => file.endsWith('.js'))
  expect(scripts.length).toBeGreaterThan(4)
  for (const file of scripts) expect(String(read(join('assets', file))), file).not.toMatch(/ZodError|\$ZodType/)
})

test('stories stay at home, and nothing is loaded from elsewhere', () => {
  for (const file of readdirSync(out, { recursive: true, encoding: 'utf8' }).filter(name =>
    /\.(js|css|html)$/.test(name),
  )) {
    const text = String(read(file))
    expect(text.includes('legacy-billing'), file).toBe(false)
    if (!file.endsWith('.js')) expect(text, file).not.toMatch(/(src|href|url\(|import)[^"']*["'(]https?:/)
  }
})
