/** Queries and mutations over HTTP. */
import { type Client, cacheExchange, createClient, fetchExchange, mapExchange } from 'urql'

/** `onSignedOut` is called when the server says that nobody is signed in. */
export function createHttpClient(url: string, onSignedOut: () => void, request: typeof fetch = fetch): Client {
  return createClient({
    url,
    fetch: request,
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    fetchOptions: { credentials: 'same-origin', headers: { 'x-orrery-client': 'web' } },
    exchanges: [
      mapExchange({
        onError(error) {
          const refused = error.graphQLErrors.some(one => one.extensions?.code === 'UNAUTHENTICATED')
          if (refused || error.response?.status === 401) onSignedOut()
        },
      }),
      cacheExchange,
      fetchExchange,
    ],
  })
}
