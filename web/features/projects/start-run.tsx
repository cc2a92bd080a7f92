import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useMemo, useState } from 'react'
import { useMutation, useQuery } from 'urql'
import type { ProjectCardFragment } from '../../gql/graphql.ts'
import { faultOf, refusalOf } from '../../lib/fault.ts'
import { faultsByField } from '../../lib/form-faults.ts'
import { counted } from '../../lib/format.ts'
import { randomKey } from '../../lib/random.ts'
import { defaultsOf, type Filled, readVariables, type Variable } from '../../lib/variables.ts'
import { WorkflowsDocument } from '../../lib/workflow-documents.ts'
import { Button } from '../../ui/button.tsx'
import { Bars, Empty } from '../../ui/empty.tsx'
import { Field } from '../../ui/field.tsx'
import { VariableField } from '../../ui/variable-field.tsx'
import { StartRunDocument } from './documents.ts'
import { type Manner, MannerFields, plainManner, readManner } from './manner.tsx'
import css from './projects.module.css'

type Workflow = {
  name: string
  version: number
  title: string
  description: string
  variables: readonly Variable[]
  steps: readonly object[]
}

/** Which workflow, with what. The form is made of the variables that the workflow declares. */
export function StartRun({
  project,
  chosen,
  onChoose,
}: {
  project: ProjectCardFragment
  chosen: string | undefined
  onChoose(name: string): void
}) {
  const [{ data, error, fetching }] = useQuery({ query: WorkflowsDocument })
  if (data === undefined && fetching) return <Bars rows={5} height={56} />
  if (data === undefined)
    return (
      <Empty icon="warning" title="The workflows could not be read">
        {error === undefined ? '' : faultOf(error)}
      </Empty>
    )
  const named = (name: string | undefined) => data.workflows.find(one => one.name === name)
  // The audit needs neither a model nor an objective: a good first run.
  const workflow = named(chosen) ?? named('repository-audit') ?? data.workflows[0]
  if (workflow === undefined) return <Empty icon="layers" title="No workflow is installed" />
  return (
    <div className={css.start}>
      <fieldset className={css.workflows}>
        <legend>Workflow</legend>
        {data.workflows.map(one => (
          <label key={one.name} className={css.workflow}>
            <input type="radio" name="workflow" checked={one === workflow} onChange={() => onChoose(one.name)} />
            <span className={css.workflowTitle}>{one.title}</span>
            <span className={css.steps}>{counted(one.steps.length, 'step')}</span>
            <span className={css.workflowNote}>{one.description}</span>
          </label>
        ))}
      </fieldset>
      <StartForm key={workflow.name} project={project} workflow={workflow} />
    </div>
  )
}

function StartForm({ project, workflow }: { project: ProjectCardFragment; workflow: Workflow }) {
  const { variables } = workflow
  const known: Filled = project.repository === null ? {} : { repo: project.repository }
  const [filled, setFilled] = useState(() => defaultsOf(variables, known))
  const [title, setTitle] = useState('')
  const [manner, setManner] = useState({ ...plainManner, simulated: project.simulated })
  const start = useStart(project.id, workflow)
  const said = useMemo(
    () =>
      faultsByField(
        start.message,
        variables.map(one => one.name),
      ),
    [start.message, variables],
  )

  const submit = (event: FormEvent) => {
    event.preventDefault()
    void start.ask(filled, title, manner)
  }
  return (
    <form className={css.fields} onSubmit={submit} noValidate>
      {variables.map(variable => (
        <VariableField
          key={variable.name}
          variable={variable}
          value={filled[variable.name] ?? ''}
          fault={start.faults[variable.name] ?? said.of[variable.name]}
          onChange={value => setFilled({ ...filled, [variable.name]: value })}
        />
      ))}
      <Field label="Title" help="How the run is listed.">
        {attributes => (
          <input
            {...attributes}
            value={title}
            placeholder={workflow.title}
            maxLength={200}
            autoComplete="off"
            onChange={event => setTitle(event.target.value)}
          />
        )}
      </Field>
      <MannerFields manner={manner} fault={start.faults.budget} onChange={setManner} />
      {said.rest === '' ? null : (
        <p className={css.fault} role="alert">
          {said.rest} {start.hint}
        </p>
      )}
      <footer className={css.foot}>
        <Button look="primary" icon="play" type="submit" pending={start.pending}>
          {start.pending ? 'Starting' : 'Start run'}
        </Button>
      </footer>
    </form>
  )
}

function useStart(projectId: string, workflow: Workflow) {
  const navigate = useNavigate()
  const [{ fetching }, start] = useMutation(StartRunDocument)
  const [faults, setFaults] = useState<Record<string, string>>({})
  const [refusal, setRefusal] = useState({ message: '', hint: '' })
  // Pressing twice starts one run: the key stays until something was refused, and then it is another wish.
  const [idempotencyKey, setKey] = useState(randomKey)

  const ask = async (filled: Filled, title: string, manner: Manner) => {
    const read = readVariables(workflow.variables, filled)
    const { fault, ...more } = readManner(manner)
    const found = { ...read.faults, ...(fault === null ? {} : { budget: fault }) }
    setFaults(found)
    setRefusal({ message: '', hint: '' })
    if (Object.keys(found).length > 0) return
    const input = {
      projectId,
      workflow: workflow.name,
      title: title.trim() || null,
      variables: read.values,
      ...more,
      idempotencyKey,
    }
    const { data, error } = await start({ input })
    if (data !== undefined && 'run' in data.startRun) {
      await navigate({ to: '/runs/$runId', params: { runId: data.startRun.run.id } })
      return
    }
    const refused = error === undefined ? refusalOf(data?.startRun) : { message: faultOf(error), hint: '' }
    // After a lost answer the same key finds the run that may have been started; after a refusal there is none.
    if (error?.networkError === undefined) setKey(randomKey())
    setRefusal(refused ?? { message: 'The run was not started.', hint: '' })
  }
  return { ask, faults, pending: fetching, ...refusal }
}
