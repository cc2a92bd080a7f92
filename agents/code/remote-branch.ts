/**
 * Moves one branch of a repository behind an http or https URL, as `git push --force-with-lease` does: only from where it was
 * seen. It speaks Git's smart protocol itself, with a pack that was made in a sandbox: so no program runs here, and the
 * credentials are seen by nobody else.
 */
import { OrreryError } from '../../domain/errors.ts'
import { cleanText } from '../../domain/run/clean.ts'
import { flush, packetLine, readPackets } from './packet-line.ts'

export type Remote = {
  /** Without credentials, query and fragment. */
  url: string
  /** `user:token`; null where the remote takes anybody. */
  credentials: string | null
  signal: AbortSignal
}

export type RemoteBranch = {
  branch: string
  commit: string
  /** Where the branch stood; null where there was none. */
  expected: string | null
  pack: Uint8Array
}

const service = 'git-receive-pack'
const none = '0'.repeat(40)
/** An answer that is longer is none of Git's: a hundred thousand references are 8 MiB. */
const mostAnswerBytes = 32 * 1024 * 1024
const patienceMs = 120_000

/** Where the branch stands; null where there is none. Throws OrreryError NOT_FOUND, FORBIDDEN, UNAVAILABLE. */
export async function remoteTip(remote: Remote, branch: string): Promise<string | null> {
  const answer = await ask(remote, `/info/refs?service=${service}`, null)
  const [announced = [], refs = []] = readPackets(answer)
  if (announced[0] !== `# service=${service}`)
    throw new OrreryError('NOT_FOUND', 'there is no repository at this address that takes a push')
  // The first line also tells abilities, behind a NUL.
  const names = refs.map(line => line.split('\0')[0] ?? '')
  const line = names.find(name => name.endsWith(` refs/heads/${branch}`))
  return line === undefined ? null : (line.split(' ')[0] ?? null)
}

/** Saying it twice is saying it once. Throws OrreryError CONFLICT where the branch stands elsewhere, and as `remoteTip`. */
export async function pushBranch(remote: Remote, { branch, commit, expected, pack }: RemoteBranch): Promise<void> {
  const now = await remoteTip(remote, branch)
  if (now === commit) return
  if (now !== expected) throw moved(branch)
  const ref = `refs/heads/${branch}`
  const wish = packetLine(`${expected ?? none} ${commit} ${ref}\0report-status agent=orrery`) + flush
  const [report = []] = readPackets(await ask(remote, `/${service}`, join(new TextEncoder().encode(wish), pack)))
  const refused = report.find(line => line.startsWith(`ng ${ref} `))?.slice(`ng ${ref} `.length)
  if (refused !== undefined) throw explained(cleanText(refused), branch)
  if (report[0] !== 'unpack ok' || !report.includes(`ok ${ref}`))
    throw new OrreryError('TASK_FAILED', `the remote did not take the commits: ${cleanText(report[0] ?? 'no report')}`)
}

const moved = (branch: string): OrreryError =>
  new OrreryError('CONFLICT', `the branch ${branch} was moved on the remote meanwhile`, {
    hint: 'Look at what is there now, then retry the task: it asks again.',
  })

function explained(why: string, branch: string): OrreryError {
  if (/fetch first|stale|failed to update ref|cannot lock ref|reference already exists/i.test(why)) return moved(branch)
  return new OrreryError('FORBIDDEN', `the remote refuses the branch ${branch}: ${why.slice(0, 300)}`)
}

async function ask(
  { url, credentials, signal }: Remote,
  path: string,
  body: Uint8Array<ArrayBuffer> | null,
): Promise<Uint8Array> {
  const response = await fetch(`${url.replace(/\/$/, '')}${path}`, {
    method: body === null ? 'GET' : 'POST',
    headers: {
      ...(body === null ? {} : { 'content-type': `application/x-${service}-request` }),
      ...(credentials === null ? {} : { authorization: `Basic ${btoa(credentials)}` }),
    },
    ...(body === null ? {} : { body }),
    // Another host would be told the credentials, and was not allowed.
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
  }).catch(error => {
    signal.throwIfAborted()
    throw new OrreryError('UNAVAILABLE', 'the remote cannot be reached', { retryable: true, cause: error })
  })
  if (!response.ok) throw notOk(response.status, credentials !== null)
  return bounded(response)
}

function notOk(status: number, known: boolean): OrreryError {
  if (status === 401 || status === 403)
    return new OrreryError(
      'FORBIDDEN',
      `the remote takes no push${known ? ' from these credentials' : ' from just anybody'}`,
      {
        hint: 'Set ORRERY_GIT_CREDENTIALS for its host and start the server again.',
      },
    )
  if (status === 404) return new OrreryError('NOT_FOUND', 'there is no repository at this address')
  if (status >= 300 && status < 400)
    return new OrreryError('BAD_INPUT', 'the remote sends elsewhere', { hint: 'Name the address that it sends to.' })
  return new OrreryError('UNAVAILABLE', `the remote answers ${status}`, { retryable: true })
}

async function bounded(response: Response): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of response.body ?? []) {
    size += piece.length
    if (size > mostAnswerBytes) throw new OrreryError('LIMIT_EXCEEDED', 'the remote says more than Git would')
    pieces.push(piece)
  }
  return join(...pieces)
}

function join(...pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    joined.set(piece, at)
    at += piece.length
  }
  return joined
}
