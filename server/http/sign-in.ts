/** How a browser is let in: by a link that works once, or by a key that its owner pastes. */
import type { Keys } from '../../db/keys.ts'
import { cookieOf, sessionCookie } from '../auth/authenticate.ts'
import { signInPage } from './sign-in-page.ts'

export const sessionMs = 30 * 86_400_000
/** A form holds a key and a path. Strangers send it, so not a byte more is read. */
const maxForm = 8_192

export type SignIn = {
  /** `GET /sign-in?token=…` and the form, `POST /sign-in`. */
  answer(request: Request, url: URL): Promise<Response>
  /** `POST /sign-out`. */
  signOut(request: Request): Promise<Response>
}

export function createSignIn(
  keys: Pick<Keys, 'verify' | 'openSession' | 'redeemLink' | 'endSession'>,
  secure: boolean,
): SignIn {
  const cookie = (value: string, seconds: number): string =>
    `${sessionCookie}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure ? '; Secure' : ''}`
  const opened = (session: string, to: string): Response => goTo(to, cookie(session, sessionMs / 1_000))

  const byKey = async (request: Request): Promise<Response> => {
    const form = await readForm(request)
    if (form === null) return signInPage({ status: 413, message: 'That is too long for a key.' })
    const to = pathOf(form.get('to'))
    const grant = await keys.verify(form.get('key')?.trim() ?? '')
    if (grant === null) return signInPage({ status: 401, message: 'That is no valid key.', to })
    return opened(await keys.openSession(grant, sessionMs), to)
  }

  const byLink = async (token: string): Promise<Response> => {
    const session = await keys.redeemLink(token, sessionMs)
    if (session !== null) return opened(session, '/')
    return signInPage({
      status: 401,
      message: 'This link was used before, or has expired. The next start prints another.',
    })
  }

  return {
    async answer(request, url) {
      if (request.method === 'POST') return byKey(request)
      const token = url.searchParams.get('token')
      return token === null ? signInPage({ status: 200 }) : byLink(token)
    },
    async signOut(request) {
      const session = cookieOf(request.headers.get('cookie') ?? '', sessionCookie)
      if (session !== null) await keys.endSession(session)
      return goTo('/sign-in', cookie('', 0))
    },
  }
}

const goTo = (location: string, cookie: string): Response =>
  new Response(null, { status: 303, headers: { location, 'set-cookie': cookie, 'cache-control': 'no-store' } })

/** A path of this server: never another one (`//evil.example`), in whatever way a browser may read it. */
function pathOf(given: string | null): string {
  const here = 'http://here.invalid'
  if (given === null || !URL.canParse(given, here)) return '/'
  const { origin, pathname, search, hash } = new URL(given, here)
  return origin === here && !pathname.startsWith('//') ? pathname + search + hash : '/'
}

async function readForm(request: Request): Promise<URLSearchParams | null> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body ?? []) {
    length += chunk.length
    if (length > maxForm) return null
    chunks.push(chunk)
  }
  return new URLSearchParams(Buffer.concat(chunks).toString())
}
