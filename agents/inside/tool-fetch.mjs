/** Fetches one address, through the way out that the sandbox was given, and answers its text. */
import { readFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import { connect } from 'node:tls'
import { writeAll } from './report.mjs'
import { textOfHtml } from './tool-html.mjs'

const mostBytes = 2 * 1_024 * 1_024
const mostRedirects = 5
const idleMs = 20_000
const headers = { 'user-agent': 'orrery', accept: 'text/*,application/json,*/*;q=0.1' }

/** Node's own fetch takes no proxy before version 24. */
const proxy = new URL(process.env.http_proxy ?? 'http://127.0.0.1:1')

/** @typedef {{ url: string, status: number, type: string, body: Buffer, cut: boolean }} Page */

/**
 * One request; redirects are followed by asking again.
 * @param {URL} url
 * @returns {Promise<http.IncomingMessage>}
 */
function ask(url) {
  return new Promise((resolve, reject) => {
    const settle = (/** @type {http.ClientRequest} */ request) =>
      request
        .once('response', resolve)
        .once('error', reject)
        .setTimeout(idleMs, () => request.destroy(new Error('it does not answer')))
        .end()
    if (url.protocol === 'http:') {
      settle(
        http.request({
          host: proxy.hostname,
          port: proxy.port,
          path: url.href,
          headers: { ...headers, host: url.host },
        }),
      )
      return
    }
    const port = url.port === '' ? '443' : url.port
    http
      .request({ host: proxy.hostname, port: proxy.port, method: 'CONNECT', path: `${url.hostname}:${port}` })
      .once('error', reject)
      .once('connect', (answer, socket) => {
        if (answer.statusCode !== 200) {
          reject(new Error(`${url.host} may not be reached from here`))
          return
        }
        const createConnection = () => connect({ socket, servername: url.hostname, ALPNProtocols: ['http/1.1'] })
        settle(https.request(url, { headers, agent: false, createConnection }))
      })
      .setTimeout(idleMs, () => reject(new Error('it does not answer')))
      .end()
  })
}

/**
 * @param {string} start
 * @returns {Promise<Page>}
 */
async function load(start) {
  let url = new URL(start)
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const response = await ask(url)
    const { statusCode: status = 0, headers: said } = response
    if (status < 300 || status > 399 || said.location === undefined)
      return { url: url.href, status, type: said['content-type'] ?? '', ...(await bodyOf(response)) }
    response.destroy()
    url = new URL(said.location, url)
    if (!/^https?:$/.test(url.protocol)) throw new Error(`it leads to ${url.protocol}`)
  }
  throw new Error(`more than ${mostRedirects} redirects`)
}

/** @param {http.IncomingMessage} response */
async function bodyOf(response) {
  const pieces = []
  let bytes = 0
  for await (const piece of response) {
    pieces.push(piece)
    bytes += piece.length
    if (bytes >= mostBytes) break
  }
  return { body: Buffer.concat(pieces).subarray(0, mostBytes), cut: bytes >= mostBytes }
}

/** @param {string} start */
async function fetchText(start) {
  try {
    const { url, status, type, body, cut } = await load(start)
    if (!/^$|text|json|xml|javascript|yaml|toml/i.test(type))
      return { text: `${url} is ${type}, which is no text.`, isError: true }
    const text = body.toString('utf8')
    const note = cut ? `\n[… cut after ${mostBytes} bytes]` : ''
    const shown = /html/i.test(type) ? textOfHtml(text) : text
    return { text: `${status} ${url} (${type})\n\n${shown}${note}`, isError: status >= 400 }
  } catch (error) {
    return { text: `${start} could not be fetched: ${error instanceof Error ? error.message : error}.`, isError: true }
  }
}

const { url } = JSON.parse(readFileSync(0, 'utf8'))
writeAll(JSON.stringify(await fetchText(url)))
process.exit(0)
