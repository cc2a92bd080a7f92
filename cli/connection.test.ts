import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findConnection } from './connection.ts'
import { CliError } from './exit.ts'

const written = { url: 'http://127.0.0.1:4000', key: 'orr_test' }

function directory(credentials?: string): string {
  const cwd = mkdtempSync(join(tmpdir(), 'orrery-'))
  if (credentials !== undefined) {
    mkdirSync(join(cwd, '.orrery'))
    writeFileSync(join(cwd, '.orrery', 'credentials.json'), credentials)
  }
  return cwd
}
const find = (cwd: string, env: Record<string, string> = {}, checkout = '/nowhere') =>
  findConnection({ env, cwd, checkout })
const refusalOf = (work: () => unknown): CliError => {
  try {
    work()
  } catch (error) {
    if (error instanceof CliError) return error
  }
  throw new Error('it was not refused')
}

test('the environment comes first', () => {
  const env = { ORRERY_URL: 'https://orrery.example.com/', ORRERY_KEY: 'orr_other' }
  expect(find(directory(JSON.stringify(written)), env)).toEqual({ url: 'https://orrery.example.com', key: 'orr_other' })
})

test('credentials are those of ORRERY_DATA, of the working directory, or of the checkout', () => {
  const here = directory(JSON.stringify(written))
  expect(find(here)).toEqual(written)
  expect(find('/', { ORRERY_DATA: join(here, '.orrery') })).toEqual(written)
  expect(find('/', {}, here)).toEqual(written)
  expect(refusalOf(() => find('/', { ORRERY_DATA: '/nowhere' }, here)).message).toMatch(/no server was ever started/)
})

test('the key of the file is sent to the address of the file alone', () => {
  const here = directory(JSON.stringify(written))
  expect(find(here, { ORRERY_URL: 'http://127.0.0.1:4000/' })).toEqual(written)
  const refused = refusalOf(() => find(here, { ORRERY_URL: 'http://elsewhere:4000' }))
  expect(refused).toMatchObject({ message: 'there is no key for http://elsewhere:4000.', exitCode: 4 })
})

test('a key may be given beside the address of the file', () => {
  expect(find(directory(JSON.stringify(written)), { ORRERY_KEY: 'orr_other' })).toEqual({
    url: written.url,
    key: 'orr_other',
  })
})

test.each(['', 'null', '{"url":1}', '{"url":"http://a"}', 'x'])('a file that holds %j is told', text => {
  expect(refusalOf(() => find(directory(text))).message).toMatch(/credentials\.json does not hold an address and a key/)
})

test('an address that is none is told', () => {
  expect(refusalOf(() => find('/', { ORRERY_URL: 'localhost:4000', ORRERY_KEY: 'x' })).message).toBe(
    'ORRERY_URL is "localhost:4000", which is no address.',
  )
})

test.skipIf(process.getuid?.() === 0)('a file of somebody else is a matter of rights', () => {
  const here = directory(JSON.stringify(written))
  chmodSync(join(here, '.orrery', 'credentials.json'), 0)
  expect(refusalOf(() => find(here))).toMatchObject({ exitCode: 4 })
})
