import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { getOperationAST, getVariableValues, parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import { createParser } from '../limits.ts'
import { createSchema } from '../schema/schema.ts'
import { readOperations } from './operations.ts'
import { createPlayground } from './playground.ts'

const schema = createSchema()
const operations = await readOperations()

test.each(operations.map(({ query, variables }) => ({ name: query.split('\n')[0], query, variables })))(
  '$name is valid, within the limits, and has its variables',
  ({ query, variables }) => {
    const document = parse(query)
    expect(validate(schema, document)).toEqual([])
    expect(() => createParser()(query)).not.toThrow()
    const declared = getOperationAST(document)?.variableDefinitions ?? []
    expect(getVariableValues(schema, declared, variables ?? {}).errors).toBeUndefined()
    const names = declared.map(({ variable }) => variable.name.value)
    expect(Object.keys(variables ?? {}).filter(name => !names.includes(name))).toEqual([])
  },
)

test('the first needs no variables, which would not be shown', () => {
  expect(operations[0]?.variables).toBeNull()
})

const ask = (headers: Record<string, string>) => new Request('http://localhost/graphql', { headers })

test('the page needs nothing from elsewhere, and its policy allows its one script', async () => {
  const playground = createPlayground()
  const response = await playground.page(ask({ 'accept-encoding': 'gzip' }))
  const page = gunzipSync(Buffer.from(await response.arrayBuffer())).toString()
  expect(page).toContain('Orrery playground')
  expect(page).not.toMatch(/<script[^>]+src=|<link[^>]+href="http/)
  const policy = response.headers.get('content-security-policy') ?? ''
  const scripts = page.match(/<script>.*<\/script>/s)?.[0].slice('<script>'.length, -'</script>'.length) ?? ''
  expect(policy).toContain(`script-src 'sha256-${createHash('sha256').update(scripts).digest('base64')}'`)
  expect(policy).not.toMatch(/unsafe-eval|https?:/)
  expect((await playground.page(ask({ 'if-none-match': response.headers.get('etag') ?? '' }))).status).toBe(304)
  expect(await (await playground.page(ask({}))).text()).toBe(page)
})
