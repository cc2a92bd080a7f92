import { createServer } from 'node:http'

/** An answer that is not what was asked for. */
export class HttpError extends Error {
  /**
   * @param {number} status
   * @param {string} code
   * @param {string} message
   */
  constructor(status, code, message) {
    super(message)
    this.status = status
    this.code = code
  }
}

const mostBytes = 100 * 1024

/** @param {readonly import('./routes.mjs').Route[]} routes */
export function createApp(routes) {
  return createServer((request, response) => {
    answer(routes, request).then(
      ({ status, body }) => send(response, status, body),
      error => {
        const { status, code, message } =
          error instanceof HttpError ? error : new HttpError(500, 'INTERNAL', 'something went wrong')
        if (status === 500) console.error(error)
        send(response, status, { error: { code, message } })
      },
    )
  })
}

/**
 * @param {readonly import('./routes.mjs').Route[]} routes
 * @param {import('node:http').IncomingMessage} request
 */
async function answer(routes, request) {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost')
  const found = routes.flatMap(route => {
    const params = match(route.path, pathname)
    return params === null ? [] : [{ route, params }]
  })
  if (found.length === 0) throw new HttpError(404, 'NOT_FOUND', `there is no ${pathname}`)
  const asked = found.find(({ route }) => route.method === request.method)
  if (asked === undefined) throw new HttpError(405, 'METHOD_NOT_ALLOWED', `${request.method} is not for ${pathname}`)
  return asked.route.handle({ params: asked.params, body: await read(request) })
}

/**
 * The values of `:names` in the pattern; null where it does not fit.
 * @param {string} pattern
 * @param {string} path
 * @returns {Record<string, string> | null}
 */
export function match(pattern, path) {
  const [wanted, given] = [pattern.split('/'), path.split('/')]
  if (wanted.length !== given.length) return null
  /** @type {Record<string, string>} */
  const params = {}
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? ''
    if (part.startsWith(':')) params[part.slice(1)] = decodeURIComponent(value)
    else if (part !== value) return null
  }
  return params
}

/** @param {import('node:http').IncomingMessage} request */
async function read(request) {
  const chunks = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > mostBytes) throw new HttpError(413, 'TOO_LARGE', `a body has at most ${mostBytes} bytes`)
    chunks.push(chunk)
  }
  if (size === 0) return null
  try {
    return JSON.parse(Buffer.concat(chunks).toString())
  } catch {
    throw new HttpError(400, 'BAD_INPUT', 'the body is not JSON')
  }
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {unknown} body
 */
function send(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
}
