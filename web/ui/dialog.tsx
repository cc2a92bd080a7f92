import { type ReactNode, useEffect, useRef } from 'react'
import { Button } from './button.tsx'
import css from './dialog.module.css'

type Props = { title: string; onClose(): void; children: ReactNode; wide?: boolean }

/** The browser's own dialog: it keeps the focus inside, closes on Escape and gives it back. `data-first` has it at first. */
export function Dialog({ title, onClose, children, wide = false }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
    dialog.current?.querySelector<HTMLElement>('[data-first]')?.focus()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the key for it, and the dialog knows it by itself.
    <dialog
      ref={dialog}
      className={css.dialog}
      data-wide={wide || undefined}
      aria-label={title}
      onClose={onClose}
      onClick={event => event.target === dialog.current && dialog.current?.close()}
    >
      <div className={css.inside}>
        <header className={css.head}>
          <h2>{title}</h2>
          <Button look="ghost" icon="close" aria-label="Close" onClick={() => dialog.current?.close()} />
        </header>
        {children}
      </div>
    </dialog>
  )
}

/** Asks once more before what cannot be undone. */
export function Confirm(props: { title: string; text: string; yes: string; onYes(): void; onClose(): void }) {
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <p className={css.text}>{props.text}</p>
      <footer className={css.foot}>
        <Button onClick={props.onClose} data-first>
          Keep it
        </Button>
        <Button
          look="danger"
          onClick={() => {
            props.onYes()
            props.onClose()
          }}
        >
          {props.yes}
        </Button>
      </footer>
    </Dialog>
  )
}
