import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../public', import.meta.url))
/** @type {Record<string, string>} */
const types = { '.html': 'text/html', '.css': 'text/css', '.mjs': 'text/javascript', '.svg': 'image/svg+xml' }

export function createApp() {
  return createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const type = types[extname(pathname)] ?? types['.html']
    try {
      const path = normalize(decodeURIComponent(pathname)).replace(/\/$/, '/index.html')
      const file = await readFile(join(root, path))
      response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'x-content-type-options': 'nosniff' })
      response.end(file)
    } catch {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n')
    }
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const port = Number(process.env.PORT ?? 8080)
  createApp().listen(port, () => console.log(`http://localhost:${port}`))
}
