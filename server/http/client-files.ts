/** The web client as it was built. Only files that were there at the start are served, by their exact names. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { gzipSync } from 'node:zlib'
import { html, wantsHtml } from './answers.ts'

export interface ClientFiles {
  /** The file, or the page for every other address that a browser opens; null where it is neither. */
  answer(request: Request, path: string): Response | null
}

type File = {
  bytes: Uint8Array<ArrayBuffer>
  zipped: Uint8Array<ArrayBuffer> | null
  type: string
  etag: string
  immutable: boolean
}

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  webmanifest: 'application/manifest+json',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  wasm: 'application/wasm',
  txt: 'text/plain; charset=utf-8',
}

/** The page and its scripts come from here and talk to here. Styles are also set by libraries, inline. */
const policy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** @param directory `web/dist`; where it is missing, its page says how to build it. */
export function readClientFiles(directory: string): ClientFiles {
  const files = new Map(
    listed(directory).map(path => [`/${relative(directory, path).split(sep).join('/')}`, read(path)]),
  )
  const page = files.get('/index.html')
  return {
    answer(request, path) {
      const file = files.get(path)
      if (file !== undefined && file !== page) return served(request, file)
      if (!wantsHtml(request)) return null
      return page === undefined ? html(503, notBuilt) : served(request, page)
    },
  }
}

const notBuilt =
  '<!doctype html><title>Orrery</title><p>The page was not built yet. <code>npm start</code> builds it.</p>'

function listed(directory: string): string[] {
  try {
    return readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
  } catch {
    return []
  }
}

function read(path: string): File {
  const bytes = new Uint8Array(readFileSync(path))
  const type = types[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
  const zipped =
    bytes.length > 1_000 && !/^(image\/(png|x-icon)|font\/)/.test(type) ? new Uint8Array(gzipSync(bytes)) : null
  const etag = `"${createHash('sha256').update(bytes).digest('base64url')}"`
  // The build puts a hash of the content into the names of everything in `assets`.
  return { bytes, zipped, type, etag, immutable: /[/\\]assets[/\\]/.test(path) }
}

function served(request: Request, { bytes, zipped, type, etag, immutable }: File): Response {
  const headers: Record<string, string> = {
    etag,
    vary: 'accept-encoding',
    'content-type': type,
    'cache-control': immutable ? 'private, max-age=31536000, immutable' : 'private, no-cache',
    ...(type.startsWith('text/html') ? { 'content-security-policy': policy } : {}),
  }
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
  const zip = zipped !== null && (request.headers.get('accept-encoding') ?? '').includes('gzip')
  return new Response(zip ? zipped : bytes, { headers: zip ? { ...headers, 'content-encoding': 'gzip' } : headers })
}
