import { type ReactNode, useState } from 'react'
import { Button, type ButtonLook } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import css from './health.module.css'

type Props = {
  title: string
  /** What has to be typed. */
  word: string
  yes: string
  /** Of the button that does it. */
  look: ButtonLook
  onYes(reason: string): void
  onClose(): void
  children: ReactNode
}

/** Asks for a word before what concerns everybody: no finger does that by itself. */
export function TypedConfirm({ title, word, yes, look, onYes, onClose, children }: Props) {
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const isSaid = typed.trim().toUpperCase() === word
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className={css.confirm}
        onSubmit={event => {
          event.preventDefault()
          if (!isSaid) return
          onYes(reason.trim())
          onClose()
        }}
      >
        {children}
        <Field label="Why" help="Kept with the events.">
          {attributes => (
            <input
              {...attributes}
              value={reason}
              maxLength={1_000}
              autoComplete="off"
              onChange={event => setReason(event.target.value)}
            />
          )}
        </Field>
        <Field label={`Type ${word} to confirm`} required>
          {attributes => (
            <input
              {...attributes}
              value={typed}
              autoComplete="off"
              spellCheck={false}
              data-first
              onChange={event => setTyped(event.target.value)}
            />
          )}
        </Field>
        <footer className={css.foot}>
          <Button onClick={onClose}>Leave it</Button>
          <Button look={look} type="submit" disabled={!isSaid}>
            {yes}
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
