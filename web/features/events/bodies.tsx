import { useEffect, useMemo, useState } from 'react'
import { toGlobalId } from '../../../domain/ids.ts'
import { bodiesOf, type EventBody } from '../../../domain/run/bodies.ts'
import type { RecordedEvent } from '../../../domain/run/events.ts'
import { useApp } from '../../lib/app-context.ts'
import { type BodyPart, createEventBodies, type EventBodies } from '../../lib/event-bodies.ts'
import { formatBytes } from '../../lib/format.ts'
import { useShortcuts } from '../../lib/hooks.ts'
import { Button, ButtonFace, buttonClass } from '../../ui/button.tsx'
import { Section } from '../../ui/panel.tsx'
import { PlainText } from '../../ui/plain-text.tsx'
import css from './bodies.module.css'
import { bodyText, nameOf } from './body-text.ts'

/** What is kept beside an event because it is too large for it: how large, and what it says when one asks. */
export function Bodies({ event }: { event: RecordedEvent }) {
  const { request } = useApp()
  const bodies = useMemo(() => bodiesOf(event), [event])
  const from = useMemo(() => createEventBodies(request), [request])
  const [open, setOpen] = useState<string | null>(null)
  const first = bodies.find(isReadable)
  const toggle = (hash: string) => setOpen(before => (before === hash ? null : hash))
  if (bodies.length === 0) return null
  return (
    <Section title="Kept beside it">
      {first === undefined ? null : <ShowKey onPress={() => toggle(first.hash)} />}
      <ul className={css.bodies}>
        {bodies.map(body => (
          <Body
            key={body.hash}
            body={body}
            from={from}
            path={`/bodies/${toGlobalId('Run', event.runId)}/${event.seq}/${body.hash}`}
            keys={body === first ? 'E' : undefined}
            open={open === body.hash}
            onToggle={() => toggle(body.hash)}
          />
        ))}
      </ul>
    </Section>
  )
}

const isReadable = ({ kind }: EventBody): boolean => kind !== 'tree'

function ShowKey({ onPress }: { onPress(): void }) {
  useShortcuts([{ keys: 'E', title: 'Show or hide what is kept beside the event', group: 'Events', run: onPress }])
  return null
}

type Place = { body: EventBody; from: EventBodies; path: string }
type Props = Place & { keys: string | undefined; open: boolean; onToggle(): void }

function Body({ keys, open, onToggle, ...place }: Props) {
  const { body, path } = place
  const size = useSize(place)
  return (
    <li className={css.body}>
      <p className={css.head}>
        <span className={css.name}>{nameOf(body)}</span>
        <span className={css.size}>{size}</span>
        {isReadable(body) ? (
          <Button {...(keys === undefined ? {} : { keys })} aria-expanded={open} onClick={onToggle}>
            {open ? 'Hide' : 'Show'}
          </Button>
        ) : null}
        <a className={buttonClass} href={path} download aria-label={`Download: ${nameOf(body)}`}>
          <ButtonFace icon="download" />
        </a>
      </p>
      {open ? <Shown {...place} /> : null}
    </li>
  )
}

/** In words; empty until it is known. */
function useSize({ from, path }: Place): string {
  const [size, setSize] = useState('')
  useEffect(() => {
    let current = true
    from.size(path).then(
      bytes => current && setSize(formatBytes(bytes)),
      (cause: unknown) => current && setSize(why(cause)),
    )
    return () => {
      current = false
    }
  }, [from, path])
  return size
}

const why = (cause: unknown): string => (cause instanceof Error ? cause.message : 'It could not be read.')

function Shown({ body, from, path }: Place) {
  const [answer, setAnswer] = useState<BodyPart | string | null>(null)
  useEffect(() => {
    let current = true
    from.read(path).then(
      part => current && setAnswer(part),
      (cause: unknown) => current && setAnswer(why(cause)),
    )
    return () => {
      current = false
    }
  }, [from, path])
  if (answer === null)
    return (
      <p className={css.note} role="status">
        Reading
      </p>
    )
  if (typeof answer === 'string')
    return (
      <p className={css.note} role="alert">
        {answer}
      </p>
    )
  return <Text body={body} part={answer} />
}

function Text({ body, part: { bytes, size } }: { body: EventBody; part: BodyPart }) {
  const whole = bytes.length >= size
  const text = useMemo(() => bodyText(bytes, body.kind, whole), [bytes, body.kind, whole])
  return (
    <div className={css.text}>
      {text === '' ? <p className={css.note}>It is empty.</p> : <PlainText text={text} label={nameOf(body)} />}
      {whole ? null : (
        <p className={css.note}>
          The first {formatBytes(bytes.length)} of {formatBytes(size)}. Download it to read on.
        </p>
      )}
    </div>
  )
}
