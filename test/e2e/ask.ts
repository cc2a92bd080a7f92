/** What a test or a script asks of the API over HTTP, with the key of the owner. */
import type { Product } from './product.ts'

type Answer = { data?: Record<string, unknown> | null; errors?: { message: string }[] }
type Refusal = { __typename: string; message?: string }

export type Ask = {
  /** The data of an answer. Throws Error with what the server says against it. */
  query<Data>(query: string, variables?: object): Promise<Data>
  /** `select`: what is wanted of the payload. Throws Error where it is refused. */
  mutate<Payload>(name: string, input: object, select: string): Promise<Payload>
}

export function createAsk({ url, key }: Pick<Product, 'url' | 'key'>): Ask {
  const query = async <Data>(text: string, variables: object = {}): Promise<Data> => {
    const response = await fetch(`${url()}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key()}` },
      body: JSON.stringify({ query: text, variables }),
      signal: AbortSignal.timeout(30_000),
    })
    const { data, errors } = (await response.json()) as Answer
    if (errors !== undefined || !data) throw new Error(errors?.map(one => one.message).join('; ') ?? 'no answer')
    return data as Data
  }
  return {
    query,
    async mutate<Payload>(name: string, input: object, select: string) {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`
      const { result } = await query<{ result: Refusal }>(
        `mutation ($input: ${type}Input!) {
          result: ${name}(input: $input) { __typename ... on ${type}Payload { ${select} } ... on UserError { message } }
        }`,
        { input },
      )
      if (result.__typename !== `${type}Payload`) throw new Error(`${name}: ${result.message}`)
      return result as Payload
    },
  }
}
