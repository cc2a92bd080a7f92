import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react'
import { useShortcuts } from '../../lib/hooks.ts'
import { Button } from '../../ui/button.tsx'
import css from './conversation.module.css'
import { type GivenFile, readFiles } from './files.ts'

type Props = {
  pending: boolean
  fault: string
  placeholder: string
  /** Resolves with whether it was said: then the field is empty again. */
  onSay(text: string, files: readonly GivenFile[]): Promise<boolean>
}

/** What is said next, with files. Enter sends, Shift and Enter is a new line. */
export function Composer({ pending, fault, placeholder, onSay }: Props) {
  const field = useRef<HTMLTextAreaElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const { files, faults, add, remove, clear } = useFiles()
  useShortcuts([
    { keys: 'i', title: 'Say something', group: 'Conversation', run: () => field.current?.focus() },
    { keys: 'u', title: 'Hand a file in', group: 'Conversation', run: () => picker.current?.click() },
  ])
  const send = async () => {
    if (pending || text.trim() === '') return
    if (!(await onSay(text.trim(), files))) return
    setText('')
    clear()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    void send()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void send()
  }
  return (
    <form
      className={css.composer}
      onSubmit={submit}
      onDragOver={event => event.preventDefault()}
      onDrop={event => {
        event.preventDefault()
        void add([...event.dataTransfer.files])
      }}
    >
      <label className="sr-only" htmlFor="say">
        Say something
      </label>
      <textarea
        id="say"
        ref={field}
        className={css.words}
        rows={1}
        value={text}
        maxLength={32_000}
        placeholder={placeholder}
        onChange={event => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label="Files"
        onChange={event => {
          void add([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <div className={css.tools}>
        <Button look="ghost" icon="attach" aria-label="Hand a file in" onClick={() => picker.current?.click()} />
        <Button
          look="primary"
          icon="send"
          type="submit"
          aria-label="Send"
          pending={pending}
          disabled={text.trim() === ''}
        />
      </div>
      {files.length === 0 ? null : <Given files={files} onRemove={remove} />}
      {[fault, ...faults]
        .filter(one => one !== '')
        .map(one => (
          <p key={one} className={css.fault} role="alert">
            {one}
          </p>
        ))}
    </form>
  )
}

function Given({ files, onRemove }: { files: readonly GivenFile[]; onRemove(index: number): void }) {
  return (
    <ul className={css.given} aria-label="Files to hand in">
      {files.map(({ name }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two files may be called the same.
        <li key={`${name} ${index}`}>
          <code>{name}</code>
          <Button look="ghost" icon="close" aria-label={`Leave ${name} out`} onClick={() => onRemove(index)} />
        </li>
      ))}
    </ul>
  )
}

function useFiles() {
  const [files, setFiles] = useState<readonly GivenFile[]>([])
  const [faults, setFaults] = useState<readonly string[]>([])
  return {
    files,
    faults,
    add: async (picked: readonly File[]) => {
      const read = await readFiles(picked, files.length)
      setFiles([...files, ...read.given])
      setFaults(read.faults)
    },
    remove: (index: number) => setFiles(files.filter((_, place) => place !== index)),
    clear() {
      setFiles([])
      setFaults([])
    },
  }
}
