/** Fetches one address, through the way out that the sandbox was given, and answers its text. */
import { readFileSync } from 'node:fs'
import { writeAll } from './report.mjs'

const mostBytes = 2 * 1_024 * 1_024
const mostRedirects = 5

/** @param {string} start */
async function load(start) {
  let url = start
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { 'user-agent': 'orrery', accept: 'text/*,application/json,*/*;q=0.1' },
    })
    const location = response.headers.get('location')
    if (response.status < 300 || response.status > 399 || location === null) return { url, response }
    url = new URL(location, url).href
  }
  throw new Error(`more than ${mostRedirects} redirects`)
}

/** @param {Response} response */
async function bodyOf(response) {
  const pieces = []
  let bytes = 0
  for await (const piece of response.body ?? []) {
    pieces.push(piece)
    bytes += piece.length
    if (bytes >= mostBytes) break
  }
  return { text: Buffer.concat(pieces).subarray(0, mostBytes).toString('utf8'), cut: bytes >= mostBytes }
}

const named = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** @param {string} html */
function textOfHtml(html) {
  return html
    .replace(/<!--[\s\S]*?-->|<(script|style|noscript|svg|template)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<(h[1-6])\b[^>]*>/gi, (_, tag) => `\n\n${'#'.repeat(Number(tag[1]))} `)
    .replace(/<li\b[^>]*>/gi, '\n- ')
    .replace(/<a\b[^>]*?\bhref\s*=\s*["']([^"'#][^"']*)["'][^>]*>([\s\S]*?)<\/a\s*>/gi, '$2 ($1)')
    .replace(
      /<\/?(p|div|br|tr|table|section|article|ul|ol|pre|blockquote|h[1-6]|title|header|footer|main)\b[^>]*>/gi,
      '\n',
    )
    .replace(/<[^>]*>/g, '')
    .replace(/&(#x?[0-9a-f]+|\w+);/gi, (whole, name) => entity(name) ?? whole)
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** @param {string} name */
function entity(name) {
  if (!name.startsWith('#')) return named[/** @type {keyof typeof named} */ (name)]
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return code > 0 && code < 0x11_0000 ? String.fromCodePoint(code) : undefined
}

async function main() {
  const { url: start } = JSON.parse(readFileSync(0, 'utf8'))
  try {
    const { url, response } = await load(start)
    const type = response.headers.get('content-type') ?? ''
    if (!/^$|text|json|xml|javascript|yaml|toml/i.test(type))
      return { text: `${url} is ${type}, which is no text.`, isError: true }
    const { text, cut } = await bodyOf(response)
    const shown = /html/i.test(type) ? textOfHtml(text) : text
    const note = cut ? `\n[… cut after ${mostBytes} bytes]` : ''
    return { text: `${response.status} ${url} (${type})\n\n${shown}${note}`, isError: !response.ok }
  } catch (error) {
    const fault = /** @type {any} */ (error)
    return { text: `${start} could not be fetched: ${fault.cause?.message ?? fault.message}`, isError: true }
  }
}

writeAll(JSON.stringify(await main()))
