/** How a browser is let in: by a link that works once, or by a key that its owner pastes. */
import type { Keys } from '../../db/keys.ts'
import { cookieOf, sessionCookie } from '../auth/authenticate.ts'
import { html } from './answers.ts'

export const sessionMs = 30 * 86_400_000
const maxForm = 4_096

export type SignIn = {
  /** `GET /sign-in?token=…` and the form, `POST /sign-in`. */
  answer(request: Request, url: URL): Promise<Response>
  /** `POST /sign-out`. */
  signOut(request: Request): Promise<Response>
  /** What a stranger sees instead of a page. */
  page(status: number, message?: string): Response
}

export function createSignIn(
  keys: Pick<Keys, 'verify' | 'openSession' | 'redeemLink' | 'endSession'>,
  secure: boolean,
): SignIn {
  const cookie = (value: string, seconds: number): string =>
    `${sessionCookie}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure ? '; Secure' : ''}`

  const opened = (session: string): Response =>
    new Response(null, {
      status: 303,
      headers: { location: '/', 'set-cookie': cookie(session, sessionMs / 1_000), 'cache-control': 'no-store' },
    })

  const byKey = async (request: Request): Promise<Response> => {
    if (Number(request.headers.get('content-length') ?? 0) > maxForm) return page(413, 'That is too long for a key.')
    const key = new URLSearchParams(await request.text()).get('key')?.trim() ?? ''
    const grant = await keys.verify(key)
    return grant === null ? page(401, 'That is no valid key.') : opened(await keys.openSession(grant, sessionMs))
  }

  return {
    async answer(request, url) {
      if (request.method === 'POST') return byKey(request)
      const token = url.searchParams.get('token')
      if (token === null) return page(200)
      const session = await keys.redeemLink(token, sessionMs)
      return session === null
        ? page(401, 'This link was used before, or has expired. The next start prints another.')
        : opened(session)
    },
    async signOut(request) {
      const session = cookieOf(request.headers.get('cookie') ?? '', sessionCookie)
      if (session !== null) await keys.endSession(session)
      return new Response(null, {
        status: 303,
        headers: { location: '/sign-in', 'set-cookie': cookie('', 0), 'cache-control': 'no-store' },
      })
    },
    page,
  }
}

const page = (status: number, message = ''): Response =>
  html(status, signInPage(message), {
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  })

const signInPage = (message: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Sign in · Orrery</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { min-height: 90vh; display: grid; place-items: center; margin: 0; background: Canvas; color: CanvasText; }
main { width: min(26rem, calc(100vw - 3rem)); }
h1 { font-size: 1.4rem; margin: 0 0 .5rem; }
p { margin: 0 0 1rem; }
label { display: block; font-weight: 600; margin-bottom: .3rem; }
input, button { font: inherit; width: 100%; box-sizing: border-box; padding: .55rem .7rem; border: 1px solid GrayText; border-radius: .4rem; }
button { margin-top: .8rem; background: #3b5bdb; border-color: #3b5bdb; color: #fff; cursor: pointer; }
input:focus-visible, button:focus-visible { outline: 3px solid #748ffc; outline-offset: 1px; }
[role=alert] { border-left: 3px solid #e03131; padding-left: .7rem; }
</style>
</head>
<body>
<main>
<h1>Sign in to Orrery</h1>
${message === '' ? '' : `<p role="alert">${message}</p>`}
<p>Open the sign-in link that the server printed when it started, or paste a key: the owner's is in <code>credentials.json</code> in the data directory.</p>
<form method="post" action="/sign-in">
<label for="key">Key</label>
<input id="key" name="key" type="password" autocomplete="current-password" spellcheck="false" required>
<button>Sign in</button>
</form>
</main>
</body>
</html>
`
