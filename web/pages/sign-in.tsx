import { ButtonFace, buttonClass } from '../ui/button.tsx'
import { Mark } from '../ui/icon.tsx'
import css from './sign-in.module.css'
import { useTitle } from './title.ts'

/** Nothing is open to strangers, nor to whoever's session has ended while the page stood open. */
export function SignIn() {
  useTitle('Sign in')
  return (
    <main className={css.page}>
      <div className={css.card}>
        <Mark size={36} />
        <h1>Sign in to Orrery</h1>
        <p>The session is over. The link that the server prints at each start opens a new one, and so does a key.</p>
        <a href="/sign-in" className={buttonClass} data-look="primary">
          <ButtonFace icon="key">Sign in</ButtonFace>
        </a>
      </div>
    </main>
  )
}
