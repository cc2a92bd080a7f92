import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useQuery } from 'urql'
import { faultOf } from '../../lib/fault.ts'
import { Bars } from '../../ui/empty.tsx'
import { Simulated } from '../../ui/simulated.tsx'
import { Ago } from '../../ui/time.tsx'
import css from './conversation.module.css'
import { ConversationsDocument } from './documents.ts'

// An empty list names no type by which the cache could know that a new one belongs into it.
const context = { additionalTypenames: ['Conversation'] }

/** The conversations of a project, newest first. `opened` is read anew when another one is opened. */
export function ConversationList({ projectId, slug, opened }: { projectId: string; slug: string; opened: string }) {
  const [{ data, error, fetching }, again] = useQuery({
    query: ConversationsDocument,
    variables: { projectId },
    context,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a conversation that was just begun belongs into the list.
  useEffect(() => again({ requestPolicy: 'network-only' }), [opened, again])
  if (data === undefined) return fetching ? <Bars rows={3} height={40} /> : <p>{error ? faultOf(error) : ''}</p>
  return (
    <ul aria-label="Conversations" className={css.list}>
      {data.conversations.nodes.map(one => (
        <li key={one.id}>
          <Link
            to="/projects/$slug/talks/$conversationId"
            params={{ slug, conversationId: one.id }}
            className={css.listItem}
          >
            <span className={css.listTitle}>{one.title}</span>
            <span className={css.listNote}>
              <Ago at={Date.parse(one.updatedAt)} />
              {one.simulated ? <Simulated /> : null}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
