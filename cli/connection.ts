/** Which server, and by which right: the environment, or the credentials that the server leaves in its data directory. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CliError, exitCodes } from './exit.ts'

export type Connection = {
  /** Without a slash at its end. */
  readonly url: string
  readonly key: string
}

type Surroundings = { env: Readonly<Record<string, string | undefined>>; cwd: string; checkout?: string }

const startIt =
  'Start it with `npm start` in the directory of Orrery, or say where it is with ORRERY_URL and ORRERY_KEY.'

/**
 * ORRERY_URL and ORRERY_KEY, or what `credentials.json` tells. The key of the file is sent to the address of the file
 * alone. Throws CliError.
 */
export function findConnection({ env, cwd, checkout = ownCheckout }: Surroundings): Connection {
  const url = env.ORRERY_URL?.trim() || null
  const key = env.ORRERY_KEY?.trim() || null
  if (url !== null && !/^https?:$/.test(protocolOf(url)))
    throw new CliError(`ORRERY_URL is ${JSON.stringify(url)}, which is no address.`, {
      hint: 'It must be one such as http://127.0.0.1:4000.',
    })
  if (url !== null && key !== null) return { url: trimmed(url), key }

  const stored = readCredentials(placesOf(env, cwd, checkout))
  if (stored !== null && (url === null || trimmed(url) === stored.url))
    return { url: stored.url, key: key ?? stored.key }
  if (url !== null)
    throw new CliError(`there is no key for ${url}.`, {
      hint: 'Set ORRERY_KEY to one of its keys.',
      exitCode: exitCodes.authentication,
    })
  throw new CliError('no server was ever started here: there is no credentials.json.', { hint: startIt })
}

const ownCheckout = fileURLToPath(new URL('..', import.meta.url))

/** $ORRERY_DATA alone where it is set; otherwise the working directory's data, then those beside this program. */
function placesOf(env: Surroundings['env'], cwd: string, checkout: string): string[] {
  const data = env.ORRERY_DATA?.trim()
  const directories = data ? [resolve(cwd, data)] : [join(cwd, '.orrery'), join(checkout, '.orrery')]
  return directories.map(directory => join(directory, 'credentials.json'))
}

function readCredentials(paths: readonly string[]): Connection | null {
  for (const path of paths) {
    let text: string
    try {
      text = readFileSync(path, 'utf8')
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ENOENT' || code === 'ENOTDIR') continue
      throw new CliError(`${path} cannot be read (${code}).`, {
        hint: 'It belongs to whoever started the server: work as that user, or set ORRERY_URL and ORRERY_KEY.',
        exitCode: exitCodes.authentication,
      })
    }
    return parseCredentials(path, text)
  }
  return null
}

function parseCredentials(path: string, text: string): Connection {
  try {
    const { url, key } = JSON.parse(text) as Partial<Record<'url' | 'key', unknown>>
    if (typeof url === 'string' && typeof key === 'string') return { url: trimmed(url), key }
  } catch {
    // Told below, as any other fault of the file.
  }
  throw new CliError(`${path} does not hold an address and a key.`, {
    hint: 'Stop the server, remove the file, and start the server again: it writes it anew.',
  })
}

const trimmed = (url: string): string => url.replace(/\/+$/, '')
const protocolOf = (url: string): string => (URL.canParse(url) ? new URL(url).protocol : '')
