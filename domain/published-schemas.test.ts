/** `npx vitest run -u domain/published-schemas.test.ts` writes them; without it a difference fails. */
import { expect, it } from 'vitest'
import { publishedSchemas } from './published-schemas.ts'

it.each(Object.entries(publishedSchemas()))('the schema of %s is published as it is', async (name, schema) => {
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(`../docs/schemas/${name}.json`)
})
