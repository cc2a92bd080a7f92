import { type FormEvent, useState } from 'react'
import { useMutation } from 'urql'
import { useApp } from '../../lib/app-context.ts'
import { faultOf, refusalOf } from '../../lib/fault.ts'
import { faultsByField } from '../../lib/form-faults.ts'
import { randomKey } from '../../lib/random.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { CreateKeyDocument } from './documents.ts'
import css from './settings.module.css'

const days = [
  { value: 'never', word: 'Until it is revoked' },
  { value: '7', word: '7 days' },
  { value: '30', word: '30 days' },
  { value: '365', word: 'A year' },
]

/** Lets somebody in: asks for whom, then shows the key for the only time. */
export function CreateKey({ onClose }: { onClose(): void }) {
  const [secret, setSecret] = useState<string | null>(null)
  return (
    <Dialog title={secret === null ? 'New key' : 'The key, for the only time'} onClose={onClose}>
      {secret === null ? <KeyForm onMade={setSecret} /> : <Secret secret={secret} onClose={onClose} />}
    </Dialog>
  )
}

function KeyForm({ onMade }: { onMade(secret: string): void }) {
  const [{ fetching }, create] = useMutation(CreateKeyDocument)
  const [name, setName] = useState('')
  const [role, setRole] = useState<'MEMBER' | 'OWNER'>('MEMBER')
  const [lasts, setLasts] = useState('never')
  const [message, setMessage] = useState('')
  const [idempotencyKey, setKey] = useState(randomKey)
  const faults = faultsByField(message, ['name', 'expiresAt'])
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const expiresAt = lasts === 'never' ? null : new Date(Date.now() + Number(lasts) * 86_400_000).toISOString()
    const { data, error } = await create({ input: { name, role, expiresAt, idempotencyKey } })
    // A key whose secret was lost on the way is of no use: another one is made.
    setKey(randomKey())
    const refusal = error === undefined ? refusalOf(data?.createKey) : { message: faultOf(error), hint: '' }
    if (refusal !== null) return setMessage(refusal.message)
    if (data !== undefined && 'secret' in data.createKey && data.createKey.secret !== null)
      onMade(data.createKey.secret)
  }
  return (
    <form className={css.form} onSubmit={submit}>
      <Field label="Name" required help="Of the person or the program. Events name it." fault={faults.of.name}>
        {attributes => (
          <input
            {...attributes}
            data-first
            value={name}
            maxLength={100}
            autoComplete="off"
            onChange={event => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label="May" help="An owner also makes and revokes keys, and confirms what others asked for." required>
        {attributes => (
          <select
            {...attributes}
            value={role}
            onChange={event => setRole(event.target.value === 'OWNER' ? 'OWNER' : 'MEMBER')}
          >
            <option value="MEMBER">Act as a member</option>
            <option value="OWNER">Act as an owner</option>
          </select>
        )}
      </Field>
      <Field label="Ends" fault={faults.of.expiresAt} required>
        {attributes => (
          <select {...attributes} value={lasts} onChange={event => setLasts(event.target.value)}>
            {days.map(({ value, word }) => (
              <option key={value} value={value}>
                {word}
              </option>
            ))}
          </select>
        )}
      </Field>
      {faults.rest === '' ? null : (
        <p className={css.fault} role="alert">
          {faults.rest}
        </p>
      )}
      <footer className={css.foot}>
        <Button look="primary" type="submit" pending={fetching}>
          Make the key
        </Button>
      </footer>
    </form>
  )
}

function Secret({ secret, onClose }: { secret: string; onClose(): void }) {
  const { notices } = useApp()
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret)
      notices.say('The key is copied.', 'good')
    } catch {
      notices.say('The browser does not allow copying. Mark the key and copy it.', 'bad')
    }
  }
  return (
    <div className={css.form}>
      <p>It is not kept here, only what it can be verified by. Hand it over in private.</p>
      <code className={css.secret}>{secret}</code>
      <footer className={css.foot}>
        <Button onClick={() => void copy()} data-first>
          Copy
        </Button>
        <Button look="primary" onClick={onClose}>
          I have it
        </Button>
      </footer>
    </div>
  )
}
