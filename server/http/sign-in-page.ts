/** What a stranger sees instead of a page. One file without scripts, so that it needs nothing that is not open yet. */
import { html } from './answers.ts'

const policy =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

export type SignInPage = {
  status: number
  /** What went wrong; empty: nothing. */
  message?: string
  /** Where to go on afterwards: a path of ours. */
  to?: string
}

export const signInPage = ({ status, message = '', to = '/' }: SignInPage): Response =>
  html(status, document(message, to), { 'content-security-policy': policy })

const escaped = (text: string): string => text.replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`)

const document = (message: string, to: string): string => `<!doctype html>
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
${message === '' ? '' : `<p role="alert">${escaped(message)}</p>`}
<p>Open the sign-in link that the server printed when it started, or paste a key: the owner's is in <code>credentials.json</code> in the data directory.</p>
<form method="post" action="/sign-in">
<label for="key">Key</label>
<input id="key" name="key" type="password" autocomplete="current-password" spellcheck="false" required>
<input name="to" type="hidden" value="${escaped(to)}">
<button>Sign in</button>
</form>
</main>
</body>
</html>
`
