import { useEffect, useRef } from 'react'
import { Bars, Empty } from '../../ui/empty.tsx'
import { Scroll } from '../../ui/scroll.tsx'
import { Composer } from './composer.tsx'
import css from './conversation.module.css'
import type { Conversation, ConversationStore } from './conversation-store.ts'
import type { GivenFile } from './files.ts'
import { MessageView } from './message-view.tsx'
import { useBegin, useConversation, useSay } from './use-conversation.ts'

/** A conversation, and the field in which it goes on. */
export function Thread({ id }: { id: string }) {
  const { store, view } = useConversation(id)
  const { say, pending, fault } = useSay(store)
  const thinking = view.messages.at(-1)?.state === 'THINKING'
  return (
    <div className={css.thread}>
      <Messages view={view} store={store} />
      <Composer
        pending={pending}
        fault={fault}
        placeholder={thinking ? 'An answer is on its way' : 'Ask, or say what should be done'}
        onSay={(text, files) => say(id, text, files)}
      />
    </div>
  )
}

/** A conversation that begins with its first sentence. */
export function NewThread({ projectId, onBegun }: { projectId: string; onBegun(id: string): void }) {
  const { begin, fault } = useBegin(projectId)
  const { say, pending, fault: sayFault } = useSay(null)
  const onSay = async (text: string, files: readonly GivenFile[]) => {
    const id = await begin(titleOf(text))
    if (id === null || !(await say(id, text, files))) return false
    onBegun(id)
    return true
  }
  return (
    <div className={css.thread}>
      <div className={css.scroll}>
        <Empty icon="chat" title="Ask about this project">
          Answers rest on what happened in its runs, and name the events. What should be started, stopped or answered is
          proposed, and done when you say so.
        </Empty>
      </div>
      <Composer pending={pending} fault={fault || sayFault} placeholder="What do you want to know?" onSay={onSay} />
    </div>
  )
}

/** The first line, so far as a list shows it. */
const titleOf = (text: string): string => {
  const line = text.split('\n', 1)[0]?.trim() ?? ''
  return line.length <= 80 ? line : `${line.slice(0, 79)}…`
}

function Messages({ view, store }: { view: Conversation; store: ConversationStore }) {
  const end = useRef<HTMLDivElement>(null)
  const last = view.messages.at(-1)
  const seen = `${last?.seq}/${last?.state}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is said last is brought into view.
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'end' })
  }, [seen])
  if (view.state === 'loading')
    return (
      <div className={css.scroll}>
        <Bars rows={4} height={64} />
      </div>
    )
  if (view.state === 'failed')
    return (
      <div className={css.scroll}>
        <Empty icon="warning" title="The conversation could not be read">
          {view.fault}
        </Empty>
      </div>
    )
  return (
    <Scroll className={css.scroll} label="Conversation">
      <ol className={css.messages} aria-label="Messages" aria-live="polite">
        {view.messages.map(message => (
          <MessageView key={message.id} message={message} store={store} />
        ))}
      </ol>
      <div ref={end} />
    </Scroll>
  )
}
