import { type FormEvent, useState } from 'react'
import { useMutation } from 'urql'
import type { ProjectCardFragment } from '../../gql/graphql.ts'
import { useApp } from '../../lib/app-context.ts'
import { faultOf, refusalOf } from '../../lib/fault.ts'
import { faultsByField } from '../../lib/form-faults.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { UpdateProjectDocument } from './documents.ts'
import css from './projects.module.css'

const fields = ['name', 'description', 'repository', 'maxParallel']

/** What a project is called, where its code lies, and how its runs are done unless they say otherwise. */
export function ProjectSettings({ project }: { project: ProjectCardFragment }) {
  const { notices } = useApp()
  const [values, setValues] = useState(() => textsOf(project))
  const [simulated, setSimulated] = useState(project.simulated)
  const [message, setMessage] = useState('')
  const [{ fetching }, update] = useMutation(UpdateProjectDocument)
  const faults = faultsByField(message, fields)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const { name, description, repository, maxParallel } = values
    if (maxParallel.trim() !== '' && !/^\d+$/.test(maxParallel.trim()))
      return setMessage('maxParallel: must be a whole number')
    const { data, error } = await update({
      input: {
        projectId: project.id,
        name,
        description,
        repository: repository.trim() || null,
        maxParallel: maxParallel.trim() === '' ? null : Number(maxParallel),
        simulated,
      },
    })
    const refusal = error === undefined ? refusalOf(data?.updateProject) : { message: faultOf(error), hint: '' }
    setMessage(refusal?.message ?? '')
    if (refusal === null) notices.say('The project was changed.', 'good')
  }
  const bind = (name: keyof typeof values) => ({
    value: values[name],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [name]: event.target.value }),
  })
  return (
    <form className={css.fields} onSubmit={submit}>
      <Field label="Name" required fault={faults.of.name}>
        {attributes => <input {...attributes} {...bind('name')} autoComplete="off" maxLength={200} />}
      </Field>
      <Field label="Repository" help="A path on the machine of the server, or a git URL." fault={faults.of.repository}>
        {attributes => <input {...attributes} {...bind('repository')} autoComplete="off" spellCheck={false} />}
      </Field>
      <Field label="Description" fault={faults.of.description}>
        {attributes => <textarea {...attributes} {...bind('description')} rows={2} maxLength={4_000} />}
      </Field>
      <Field
        label="Tasks at work at once"
        help="1 … 1,000. Empty: as the installation says."
        fault={faults.of.maxParallel}
      >
        {attributes => <input {...attributes} {...bind('maxParallel')} inputMode="numeric" autoComplete="off" />}
      </Field>
      <label className={css.toggle}>
        <input type="checkbox" checked={simulated} onChange={event => setSimulated(event.target.checked)} />
        <span>Simulate</span>
        <span className={css.toggleNote}>
          Runs, proposals and conversations of this project ask no real model, unless one is told otherwise when it
          begins. What simulated models make is labelled.
        </span>
      </label>
      {faults.rest === '' ? null : (
        <p className={css.fault} role="alert">
          {faults.rest}
        </p>
      )}
      <footer className={css.foot}>
        <Button look="primary" type="submit" pending={fetching}>
          Save
        </Button>
      </footer>
    </form>
  )
}

const textsOf = ({ name, description, repository, maxParallel }: ProjectCardFragment) => ({
  name,
  description,
  repository: repository ?? '',
  maxParallel: maxParallel === null ? '' : String(maxParallel),
})
