/** Which repository is meant: a directory of this machine or a URL. Checked as text, before anything is touched. */
import { z } from 'zod'
import { OrreryError } from '../../domain/errors.ts'
import { cleanText } from '../../domain/run/clean.ts'

export const CheckoutInput = z.object({ repo: z.string().min(1).max(4_096), ref: z.string().max(200).nullish() })

export type Location = { kind: 'path'; path: string } | { kind: 'url'; url: string; host: string }

/** Throws OrreryError BAD_INPUT; its message never repeats a URL that may hold credentials. */
export function parseLocation(repo: string): Location {
  const text = repo.trim()
  if (text === '' || cleanText(text) !== text || text.includes('\n'))
    throw refuse('is empty or holds control characters')
  if (text.startsWith('-')) throw refuse('begins with a hyphen, as options do')
  if (text.startsWith('/')) return { kind: 'path', path: text }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return parseUrl(text)
  if (text.includes('::')) throw refuse('names a transport helper, which is a program', 'Give an https URL or a path.')
  if (/^[^/\s]+:/.test(text))
    throw refuse('is an SSH address, which needs a key', 'Give the https URL of the repository.')
  throw refuse('is a relative path', 'Give the absolute path: the server runs in a directory of its own.')
}

function parseUrl(text: string): Location {
  if (!URL.canParse(text)) throw refuse('is not a valid URL')
  const url = new URL(text)
  if (url.protocol === 'file:') throw refuse('is a file URL', 'Give the path.')
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw refuse(`has the scheme ${url.protocol}// and only https and http are fetched`)
  if (url.username !== '' || url.password !== '') {
    throw refuse(
      'holds credentials, and what a run is started with is recorded',
      'Give the URL without them, or the path of a local clone.',
    )
  }
  if (url.search !== '' || url.hash !== '') throw refuse('has a query or a fragment, which no repository needs')
  return { kind: 'url', url: url.href, host: url.host }
}

/**
 * The name of a branch or a tag, or a commit; null where none is given, which means what the repository's HEAD is.
 * Throws OrreryError BAD_INPUT.
 */
export function parseRef(ref: string | null | undefined): string | null {
  if (ref === null || ref === undefined || ref === '') return null
  const plain = /^[\w.+@/-]+$/.test(ref) && !/^[-/.]|\.\.|@\{|\/\/|\.lock$|[/.]$/.test(ref)
  if (plain) return ref
  throw new OrreryError(
    'BAD_INPUT',
    `the ref ${JSON.stringify(cleanText(ref))} is not the name of a branch, a tag or a commit`,
  )
}

/**
 * A server that asks whatever address it is told to could be made to look around in its own network. Throws OrreryError
 * FORBIDDEN for a host that `gitHosts` does not name.
 */
export function refuseStranger(host: string, gitHosts: readonly string[]): void {
  if (gitHosts.includes(host.toLowerCase())) return
  throw new OrreryError('FORBIDDEN', `the repositories of ${host} are not for this server`, {
    hint: 'Add it to ORRERY_GIT_HOSTS and start again, or give the path of a local clone.',
  })
}

function refuse(why: string, hint = ''): OrreryError {
  return new OrreryError('BAD_INPUT', `the repository ${why}`, { hint })
}
