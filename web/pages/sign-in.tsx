import { Button } from '../ui/button.tsx'
import { Mark } from '../ui/icon.tsx'
import css from './sign-in.module.css'
import { useTitle } from './title.ts'

/** Nothing is open to strangers: the way in is the link that the server printed. */
export function SignIn() {
  useTitle('Sign in')
  return (
    <main className={css.page}>
      <div className={css.card}>
        <Mark size={36} />
        <h1>Sign in to Orrery</h1>
        <p>
          When it starts, the server prints a link that signs this browser in, once. Open that link, or start the server
          again to get a new one.
        </p>
        <pre className={css.command}>npm start</pre>
        <Button look="primary" onClick={() => location.reload()}>
          I have signed in
        </Button>
      </div>
    </main>
  )
}
