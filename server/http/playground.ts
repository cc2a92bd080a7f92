/** The playground: one page with everything in it, so that it works offline. 9 MB, therefore compressed once and kept. */
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { readOperations } from './operations.ts'

type Page = { compressed: Uint8Array<ArrayBuffer>; etag: string; policy: string }

export interface Playground {
  page(request: Request): Promise<Response>
}

export function createPlayground(): Playground {
  let rendered: Promise<Page> | null = null
  return {
    async page(request) {
      rendered ??= render()
      const { compressed, etag, policy } = await rendered
      const headers = {
        etag,
        'content-security-policy': policy,
        'cache-control': 'private, no-cache',
        vary: 'accept-encoding',
      }
      if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
      const zipped = (request.headers.get('accept-encoding') ?? '').includes('gzip')
      const body = zipped ? compressed : new Uint8Array(await promisify(gunzip)(compressed))
      return new Response(body, {
        headers: {
          ...headers,
          'content-type': 'text/html; charset=utf-8',
          ...(zipped ? { 'content-encoding': 'gzip' } : {}),
        },
      })
    },
  }
}

async function render(): Promise<Page> {
  // Loaded only when somebody wants it: the module is as large as the page.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const operations = await readOperations()
  const page = renderGraphiQL({
    title: 'Orrery playground',
    credentials: 'same-origin',
    subscriptionsProtocol: 'WS',
    shouldPersistHeaders: false,
    defaultTabs: operations.map(({ query, variables }) => ({
      query,
      variables: variables === null ? '' : JSON.stringify(variables, null, 2),
    })),
  })
  const compressed = new Uint8Array(await promisify(gzip)(page))
  return { compressed, etag: `"${digest(compressed, 'base64url')}"`, policy: policyFor(page) }
}

const digest = (bytes: Uint8Array | string, encoding: 'base64' | 'base64url'): string =>
  createHash('sha256').update(bytes).digest(encoding)

/** Only the script that the page came with runs, and it talks to this server only. Its editor makes workers of blobs. */
function policyFor(page: string): string {
  const script = page.slice(page.indexOf('<script>') + '<script>'.length, page.lastIndexOf('</script>'))
  return [
    "default-src 'none'",
    `script-src 'sha256-${digest(script, 'base64')}'`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    'worker-src blob:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
