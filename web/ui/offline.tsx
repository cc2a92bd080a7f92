import css from './offline.module.css'

/** That what is shown may be old: over the page, so that nothing of it moves. */
export function Offline({ text }: { text: string }) {
  return (
    <p className={css.banner}>
      <span className={css.dot} />
      {text}
    </p>
  )
}
