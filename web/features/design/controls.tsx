/** What one acts with, in every state. */
import { useState } from 'react'
import { useApp } from '../../lib/app-context.ts'
import { Button, type ButtonLook } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Confirm, Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Part } from '../../ui/page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Select } from '../../ui/select.tsx'
import css from './design.module.css'
import { Specimen, Specimens } from './specimen.tsx'

const looks: readonly ButtonLook[] = ['plain', 'primary', 'danger', 'ghost']

export function Controls() {
  return (
    <>
      <Buttons />
      <Fields />
      <Overlays />
    </>
  )
}

function Buttons() {
  return (
    <Part title="Buttons">
      <Specimens>
        {looks.map(look => (
          <Specimen key={look} name={look}>
            <Button look={look} icon="play" keys="n">
              Start
            </Button>
          </Specimen>
        ))}
        <Specimen name="asked for, not confirmed">
          <Button look="primary" pending>
            Starting
          </Button>
        </Specimen>
        <Specimen name="cannot be pressed">
          <Button disabled>Nothing to do</Button>
        </Specimen>
        <Specimen name="a mark alone">
          <Button icon="close" look="ghost" aria-label="Close" />
        </Specimen>
      </Specimens>
    </Part>
  )
}

function Fields() {
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>(['one'])
  const [picked, setPicked] = useState('first')
  return (
    <Part title="Fields">
      <div className={css.fields}>
        <Field label="Required, with help" required help="What is meant, in a sentence.">
          {attributes => <input {...attributes} placeholder="As one types it" />}
        </Field>
        <Field label="With a fault" fault="must be at least 1">
          {attributes => <input {...attributes} defaultValue="0" />}
        </Field>
        <Field label="Long">{attributes => <textarea {...attributes} rows={2} />}</Field>
        <Field label="Out of a few" required>
          {attributes => (
            <select {...attributes}>
              <option>One</option>
              <option>Another</option>
            </select>
          )}
        </Field>
        <Field label="Yes or no">{attributes => <input {...attributes} type="checkbox" />}</Field>
        <div className={css.row}>
          <SearchField label="Filter the specimens" value={text} onChange={setText} />
          <Choice
            label="Any of these"
            all="Any"
            options={[
              { value: 'one', text: 'One', note: '12' },
              { value: 'two', text: 'Two', note: '3' },
            ]}
            chosen={chosen}
            onChoose={setChosen}
          />
          <Select label="One of these" value={picked} onChoose={setPicked}>
            <option value="first">Newest first</option>
            <option value="last">Oldest first</option>
          </Select>
        </div>
      </div>
    </Part>
  )
}

function Overlays() {
  const { notices } = useApp()
  const [open, setOpen] = useState<'dialog' | 'confirm' | null>(null)
  const close = () => setOpen(null)
  return (
    <Part title="What comes over the page">
      <Specimens>
        <Specimen name="dialog">
          <Button onClick={() => setOpen('dialog')}>Open a dialog</Button>
        </Specimen>
        <Specimen name="confirm">
          <Button look="danger" onClick={() => setOpen('confirm')}>
            Ask once more
          </Button>
        </Specimen>
        <Specimen name="notices">
          <Button onClick={() => notices.say('Good news goes away by itself.', 'good')}>Good news</Button>
          <Button onClick={() => notices.say('Bad news stays until it is dismissed.', 'bad')}>Bad news</Button>
        </Specimen>
      </Specimens>
      {open === 'dialog' ? (
        <Dialog title="A dialog" onClose={close}>
          <p className={css.inDialog}>It keeps the focus inside, closes on Escape, and gives the focus back.</p>
        </Dialog>
      ) : null}
      {open === 'confirm' ? (
        <Confirm
          title="Is it meant?"
          text="What cannot be undone is asked for once more, and what is safe has the focus."
          yes="It is meant"
          onYes={() => notices.say('Nothing was done: this is a specimen.')}
          onClose={close}
        />
      ) : null}
    </Part>
  )
}
