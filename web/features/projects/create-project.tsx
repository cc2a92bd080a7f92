import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useMutation } from 'urql'
import { faultOf, refusalOf } from '../../lib/fault.ts'
import { faultsByField } from '../../lib/form-faults.ts'
import { randomKey } from '../../lib/random.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { CreateProjectDocument } from './documents.ts'
import css from './projects.module.css'

const fields = ['name', 'slug', 'description', 'repository']

export function CreateProject({ onClose }: { onClose(): void }) {
  const navigate = useNavigate()
  const [{ fetching }, create] = useMutation(CreateProjectDocument)
  const [values, setValues] = useState({ name: '', repository: '', description: '' })
  // Pressing twice creates one project: the key stays until something was refused, and then it is another wish.
  const [idempotencyKey, setKey] = useState(randomKey)
  const [message, setMessage] = useState('')
  const faults = faultsByField(message, fields)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const { name, repository, description } = values
    const input = { name, description, repository: repository.trim() || null, idempotencyKey }
    const { data, error } = await create({ input })
    const refusal = error === undefined ? refusalOf(data?.createProject) : { message: faultOf(error), hint: '' }
    if (refusal !== null) {
      if (error?.networkError === undefined) setKey(randomKey())
      return setMessage(refusal.message)
    }
    if (data !== undefined && 'project' in data.createProject) {
      onClose()
      await navigate({ to: '/projects/$slug', params: { slug: data.createProject.project.slug } })
    }
  }
  const bind = (name: keyof typeof values) => ({
    value: values[name],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [name]: event.target.value }),
  })

  return (
    <Dialog title="New project" onClose={onClose}>
      <form className={css.form} onSubmit={submit}>
        <Field label="Name" required fault={faults.of.name ?? faults.of.slug}>
          {attributes => <input {...attributes} {...bind('name')} data-first autoComplete="off" maxLength={200} />}
        </Field>
        <Field label="Repository" help="A path on this machine, or a git URL." fault={faults.of.repository}>
          {attributes => (
            <input
              {...attributes}
              {...bind('repository')}
              autoComplete="off"
              spellCheck={false}
              placeholder="/home/me/app"
            />
          )}
        </Field>
        <Field label="Description" fault={faults.of.description}>
          {attributes => <textarea {...attributes} {...bind('description')} rows={2} maxLength={4_000} />}
        </Field>
        {faults.rest === '' ? null : (
          <p className={css.fault} role="alert">
            {faults.rest}
          </p>
        )}
        <footer className={css.foot}>
          <Button onClick={onClose}>Not now</Button>
          <Button look="primary" type="submit" pending={fetching}>
            Create project
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
