import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useMutation, useQuery } from 'urql'
import { faultOf, refusalOf } from '../../lib/fault.ts'
import { randomKey } from '../../lib/random.ts'
import { Button, ButtonFace, buttonClass } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { AuditExampleDocument, FirstStepsDocument, PrepareExampleDocument } from './documents.ts'
import css from './home.module.css'

type Props = { hasRun: boolean; hasOwnProject: boolean }

/** What is worth doing first, while something of it is left to do. The first step takes less than two minutes. */
export function FirstSteps({ hasRun, hasOwnProject }: Props) {
  const [{ data }] = useQuery({ query: FirstStepsDocument })
  if (data === undefined) return null
  const example = data.examples[0]
  const hasModel = data.providers.some(({ simulated, status }) => !simulated && status === 'READY')
  return (
    <section className={css.first} aria-label="First steps">
      <h2 className={css.firstTitle}>First steps</h2>
      <ol className={css.steps}>
        {example === undefined ? null : (
          <Step done={hasRun} title="Watch a team at work">
            <p>
              An audit of <code>{example.name}</code>: {example.about} It needs no model and no key, and takes about a
              minute.
            </p>
            {hasRun ? null : <AuditExample name={example.name} repository={example.repository} />}
          </Step>
        )}
        <Step done={hasOwnProject} title="Bring your own repository">
          <p>
            A project is what is being developed: a path on this machine, or a git URL. It is read, never written to.
          </p>
          {hasOwnProject ? null : (
            <Link to="/projects" search={{ create: true }} className={buttonClass} data-look="plain">
              <ButtonFace icon="plus">New project</ButtonFace>
            </Link>
          )}
        </Step>
        <Step done={hasModel} title="Let agents think">
          <p>
            {hasModel
              ? 'A model is ready.'
              : 'No model is set up. Until one is, agents can be simulated: what they make then is labelled.'}
          </p>
          {hasModel ? null : (
            <Link to="/providers" className={buttonClass} data-look="plain">
              <ButtonFace icon="chip">See what to set</ButtonFace>
            </Link>
          )}
        </Step>
      </ol>
    </section>
  )
}

function Step({ done, title, children }: { done: boolean; title: string; children: ReactNode }) {
  return (
    <li className={css.step} data-done={done || undefined}>
      <h3>
        {title}
        {done ? (
          <span className={css.done}>
            <Icon name="check" size={14} />
            <span className="sr-only">done</span>
          </span>
        ) : null}
      </h3>
      {children}
    </li>
  )
}

/** One press: the project is made, the run is started, and one watches it. */
function AuditExample({ name, repository }: { name: string; repository: string }) {
  const navigate = useNavigate()
  const [, prepare] = useMutation(PrepareExampleDocument)
  const [, start] = useMutation(AuditExampleDocument)
  const [pending, setPending] = useState(false)
  const [fault, setFault] = useState('')
  const [idempotencyKey, setKey] = useState(randomKey)

  const audit = async (): Promise<string> => {
    // Under this key it is one and the same project, whoever presses, however often.
    const described = { name, description: 'An example, with faults on purpose.', repository }
    const rest = { slug: null, maxParallel: null, simulated: null }
    const made = await prepare({ input: { ...described, ...rest, idempotencyKey: `example/${name}` } })
    if (made.data === undefined || !('project' in made.data.createProject))
      return said(refusalOf(made.data?.createProject)) ?? (made.error ? faultOf(made.error) : '')
    const { project } = made.data.createProject
    const input = {
      projectId: project.id,
      workflow: 'repository-audit',
      variables: { repo: repository },
      idempotencyKey,
    }
    const begun = await start({ input: { ...plain, ...input } })
    if (begun.error?.networkError === undefined) setKey(randomKey())
    if (begun.data !== undefined && 'run' in begun.data.startRun) {
      await navigate({ to: '/runs/$runId', params: { runId: begun.data.startRun.run.id } })
      return ''
    }
    return said(refusalOf(begun.data?.startRun)) ?? (begun.error ? faultOf(begun.error) : 'The run was not started.')
  }
  const press = async () => {
    setPending(true)
    setFault(await audit())
    setPending(false)
  }
  return (
    <>
      <Button look="primary" icon="play" pending={pending} onClick={press}>
        Audit the example
      </Button>
      {fault === '' ? null : (
        <p className={css.fault} role="alert">
          {fault}
        </p>
      )}
    </>
  )
}

/** As the workflow and the project say. */
const plain = {
  title: null,
  priority: null,
  maxParallel: null,
  timeoutMs: null,
  simulated: null,
  manual: null,
  budgetMicros: null,
  preference: null,
}
const said = (refusal: { message: string; hint: string } | null): string | null =>
  refusal === null ? null : `${refusal.message} ${refusal.hint}`.trim()
