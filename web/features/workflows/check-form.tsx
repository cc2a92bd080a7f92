import { type ChangeEvent, type FormEvent, useRef, useState } from 'react'
import { useClient } from 'urql'
import type { ValidateWorkflowQuery } from '../../gql/graphql.ts'
import { faultOf } from '../../lib/fault.ts'
import { counted } from '../../lib/format.ts'
import { useShortcuts } from '../../lib/hooks.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Part } from '../../ui/page.tsx'
import { ValidateWorkflowDocument } from './documents.ts'
import { DryRun } from './dry-run.tsx'
import { FaultList } from './fault-list.tsx'
import { StepFlow } from './step-flow.tsx'
import css from './workflows.module.css'

type Checked = ValidateWorkflowQuery['validateWorkflow'] & { text: string }

/** What a request may hold, with room for the rest of it. */
const mostCharacters = 90_000

/** A workflow of one's own, pasted or opened: every fault of it, its picture, and a dry run. Nothing is kept. */
export function CheckForm() {
  const client = useClient()
  const area = useRef<HTMLTextAreaElement>(null)
  const file = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [checked, setChecked] = useState<Checked | null>(null)
  const [fault, setFault] = useState('')
  const [pending, setPending] = useState(false)

  const check = async (given: string) => {
    setPending(true)
    const { data, error } = await client.query(
      ValidateWorkflowDocument,
      { input: { text: given } },
      { requestPolicy: 'network-only' },
    )
    setPending(false)
    setFault(error === undefined ? '' : faultOf(error))
    setChecked(data === undefined ? null : { ...data.validateWorkflow, text: given })
  }
  const open = async (event: ChangeEvent<HTMLInputElement>) => {
    const [chosen] = event.target.files ?? []
    event.target.value = ''
    if (chosen === undefined) return
    if (chosen.size > mostCharacters) return setFault(`${chosen.name} is larger than ${mostCharacters} bytes.`)
    const read = await chosen.text()
    setText(read)
    await check(read)
  }
  useShortcuts([
    { keys: 'o', title: 'Open a workflow file', group: 'Workflows', run: () => file.current?.click() },
    { keys: '/', title: 'Write a workflow', group: 'Workflows', run: () => area.current?.focus() },
  ])
  return (
    <>
      <form
        className={css.checkForm}
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          void check(text)
        }}
      >
        <Field label="The workflow" help="YAML or JSON, as docs/workflows.md says. Nothing of it is kept." required>
          {attributes => (
            <textarea
              {...attributes}
              ref={area}
              className={`${attributes.className} ${css.text}`}
              value={text}
              rows={16}
              maxLength={mostCharacters}
              spellCheck={false}
              placeholder={'name: mine\nversion: 1\ntitle: Mine\ndescription: What it is for\nsteps: []'}
              onChange={event => setText(event.target.value)}
              onKeyDown={event => {
                if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void check(text)
              }}
            />
          )}
        </Field>
        <p className={css.buttons}>
          <Button look="primary" type="submit" icon="check" pending={pending} disabled={text.trim() === ''}>
            Check it
          </Button>
          <Button icon="file" keys="o" onClick={() => file.current?.click()}>
            Open a file
          </Button>
          <input
            ref={file}
            type="file"
            accept=".yaml,.yml,.json"
            hidden
            aria-label="A workflow file"
            onChange={event => void open(event)}
          />
        </p>
        {fault === '' ? null : (
          <p role="alert" className={css.fault}>
            {fault}
          </p>
        )}
      </form>
      {checked === null ? null : <Verdict checked={checked} onGo={line => goTo(area.current, line)} />}
    </>
  )
}

function Verdict({ checked, onGo }: { checked: Checked; onGo(line: number): void }) {
  const [step, setStep] = useState<string | null>(null)
  const { workflow, faults, text } = checked
  return (
    <>
      {faults.length > 0 ? (
        <FaultList faults={faults} onGo={onGo} />
      ) : (
        <p className={css.fine} role="status">
          {workflow === null ? '' : `${workflow.title} is whole: ${counted(workflow.steps.length, 'step')}, no fault.`}
        </p>
      )}
      {workflow === null ? null : (
        <Part title="Its steps">
          <div className={css.flow}>
            <StepFlow steps={workflow.steps} outlook={null} selected={step} onSelect={setStep} />
          </div>
        </Part>
      )}
      {workflow === null || faults.length > 0 ? null : (
        <Part title="A dry run">
          <DryRun key={text} workflow={workflow} source={{ text }} />
        </Part>
      )}
    </>
  )
}

/** Brings a line of the text into view, selected. */
function goTo(area: HTMLTextAreaElement | null, line: number): void {
  if (area === null) return
  const lines = area.value.split('\n')
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0)
  area.focus()
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0))
  area.scrollTop = Math.max(0, (line - 4) * (area.scrollHeight / Math.max(1, lines.length)))
}
