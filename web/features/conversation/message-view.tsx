import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { counted, formatMoney } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { MarkdownText } from '../../ui/markdown.tsx'
import { Simulated } from '../../ui/simulated.tsx'
import { StatusIcon } from '../../ui/status.tsx'
import { Ago } from '../../ui/time.tsx'
import css from './conversation.module.css'
import type { ConversationStore, Message } from './conversation-store.ts'
import { type Link as EventLink, withNumbers } from './marks.ts'
import { useConfirm } from './use-conversation.ts'

type Props = { message: Message; store: ConversationStore }

export const MessageView = memo(function MessageView({ message, store }: Props) {
  const isPerson = message.author === 'PERSON'
  return (
    <li className={css.message} data-author={isPerson ? 'person' : 'assistant'}>
      <header className={css.who}>
        <span className={css.name}>{isPerson ? (message.by ?? 'Somebody') : 'Orrery'}</span>
        <Ago at={Date.parse(message.createdAt)} />
        {message.simulated ? <Simulated /> : null}
      </header>
      {isPerson ? <p className={css.said}>{message.text}</p> : <Answer message={message} store={store} />}
      {message.files.length === 0 ? null : <Files files={message.files} />}
    </li>
  )
})

function Answer({ message, store }: Props) {
  if (message.state === 'THINKING')
    return (
      <p className={css.thinking} role="status">
        Looking
      </p>
    )
  if (message.state === 'FAILED')
    return (
      <p className={css.fault}>
        {message.error?.message ?? 'No answer came.'} {message.error?.hint ?? 'Ask again.'}
      </p>
    )
  return (
    <>
      <MarkdownText text={withNumbers(message.text, message.links)} />
      {message.commands.map(command => (
        <CommandCard key={command.index} messageId={message.id} command={command} store={store} />
      ))}
      {message.links.length === 0 ? null : <Rests links={message.links} />}
      <p className={css.made}>
        {message.model === null ? 'No model was asked' : message.model}
        {Number(message.cost) === 0 ? '' : ` · ${formatMoney(Number(message.cost))}`}
      </p>
    </>
  )
}

/** The events that the answer rests on. */
function Rests({ links }: { links: readonly EventLink[] }) {
  return (
    <details className={css.rests} open={links.length <= 4}>
      <summary>Rests on {counted(links.length, 'event')}</summary>
      <ol>
        {links.map(link => (
          <li key={`${link.runId}#${link.seq}`}>
            <Link to="/runs/$runId" params={{ runId: link.runId }} search={{ tab: 'events', seq: link.seq }}>
              <code>
                {link.type} #{link.seq}
              </code>
              <span>{link.title}</span>
            </Link>
          </li>
        ))}
      </ol>
    </details>
  )
}

type Command = Message['commands'][number]

/** What would be done. Nothing happens before somebody says so. */
function CommandCard({ messageId, command, store }: { messageId: string; command: Command; store: ConversationStore }) {
  const { confirm, pending, fault } = useConfirm(store)
  const { state, run, error } = command
  return (
    <section className={css.command} data-state={state} aria-label={`Proposal: ${command.summary}`}>
      <p className={css.summary}>{command.summary}</p>
      {state === 'PROPOSED' ? (
        <Button look="primary" icon="check" pending={pending} onClick={() => void confirm(messageId, command.index)}>
          Do it
        </Button>
      ) : state === 'DONE' ? (
        <span className={css.outcome} data-tone="good">
          <Icon name="check" /> Done
        </span>
      ) : (
        <span className={css.outcome} data-tone="bad">
          <Icon name="close" /> Refused
        </span>
      )}
      {run === null ? null : (
        <Link to="/runs/$runId" params={{ runId: run.id }} className={css.commandRun}>
          <StatusIcon status={run.status} label /> {run.title}
        </Link>
      )}
      {error === null && fault === '' ? null : (
        <p className={css.fault} role="alert">
          {fault || `${error?.message} ${error?.hint}`}
        </p>
      )}
    </section>
  )
}

function Files({ files }: { files: readonly { name: string; text: string }[] }) {
  return (
    <ul className={css.files} aria-label="Files handed in">
      {files.map(({ name, text }) => (
        <li key={name}>
          <details>
            <summary>
              <Icon name="file" size={14} /> <code>{name}</code> {counted(text.length, 'character')}
            </summary>
            <pre className={css.file}>{text}</pre>
          </details>
        </li>
      ))}
    </ul>
  )
}
