/** Serves the repositories below a directory over HTTP, with Git's own CGI program, in tests. */
import { spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import { join } from 'node:path'

const { GIT_ROOT: root = '/opt/remote', PORT: port = '8080' } = process.env
const backend = join(spawnSync('git', ['--exec-path'], { encoding: 'utf8' }).stdout.trim(), 'git-http-backend')

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://127.0.0.1')
  if (pathname.startsWith('/private')) return response.writeHead(401, { 'www-authenticate': 'Basic' }).end()
  const env = {
    ...{ PATH: process.env.PATH, GIT_PROJECT_ROOT: root, GIT_HTTP_EXPORT_ALL: '1', PATH_INFO: pathname },
    ...{
      REQUEST_METHOD: request.method,
      QUERY_STRING: searchParams.toString(),
      CONTENT_TYPE: request.headers['content-type'] ?? '',
    },
    ...{
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    },
  }
  const cgi = spawn(backend, { env, stdio: ['pipe', 'pipe', 'inherit'] })
  request.pipe(cgi.stdin)
  let head = ''
  cgi.stdout.on('data', (/** @type {Buffer} */ chunk) => {
    if (response.headersSent) return response.write(chunk)
    head += chunk.toString('latin1')
    const end = head.indexOf('\r\n\r\n')
    if (end === -1) return undefined
    const headers = Object.fromEntries(
      head
        .slice(0, end)
        .split('\r\n')
        .map(line => line.split(': ', 2)),
    )
    response.writeHead(Number.parseInt(headers.Status ?? '200', 10), headers)
    return response.write(Buffer.from(head.slice(end + 4), 'latin1'))
  })
  cgi.stdout.on('end', () => response.end())
  return undefined
})
server.listen(Number(port), '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`ready on ${typeof address === 'object' ? address?.port : ''}\n`)
})
