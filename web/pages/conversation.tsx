import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { ConversationList } from '../features/conversation/conversation-list.tsx'
import { NewThread, Thread } from '../features/conversation/thread.tsx'
import { RunBriefs } from '../features/run-lists/run-briefs.tsx'
import type { ProjectCardFragment } from '../gql/graphql.ts'
import { useShortcuts } from '../lib/hooks.ts'
import { ButtonFace, buttonClass } from '../ui/button.tsx'
import css from './project.module.css'
import { ProjectFrame, WithProject } from './project-frame.tsx'
import { useTitle } from './title.ts'

/** The conversations of a project, and a new one. */
export function ConversationsPage() {
  const { slug } = useParams({ from: '/projects/$slug/talks' })
  // On a phone the list is one view and a new conversation another.
  const { begin } = useSearch({ from: '/projects/$slug/talks' })
  return <WithProject slug={slug}>{project => <Talks project={project} id={null} open={begin === true} />}</WithProject>
}

/** One conversation, beside the runs that it is about. */
export function ConversationPage() {
  const { slug, conversationId } = useParams({ from: '/projects/$slug/talks/$conversationId' })
  return <WithProject slug={slug}>{project => <Talks project={project} id={conversationId} open />}</WithProject>
}

function Talks({ project, id, open }: { project: ProjectCardFragment; id: string | null; open: boolean }) {
  useTitle(`Conversations · ${project.name}`)
  const navigate = useNavigate()
  const { slug } = project
  const begin = () => void navigate({ to: '/projects/$slug/talks', params: { slug }, search: { begin: true } })
  useShortcuts([{ keys: 'c', title: 'Begin a conversation', group: 'Conversation', run: begin }])
  return (
    <ProjectFrame project={project}>
      <div className={css.talks} data-open={open || undefined}>
        <div className={css.threadPlace}>
          {id === null ? (
            <NewThread
              projectId={project.id}
              onBegun={conversationId =>
                void navigate({ to: '/projects/$slug/talks/$conversationId', params: { slug, conversationId } })
              }
            />
          ) : (
            <Thread key={id} id={id} />
          )}
        </div>
        <aside className={css.aside} aria-label="Conversations and runs">
          <header className={css.asideHead}>
            <h2>Conversations</h2>
            <Link
              to="/projects/$slug/talks"
              params={{ slug }}
              search={{ begin: true }}
              className={buttonClass}
              data-look="ghost"
            >
              <ButtonFace icon="plus" keys="c">
                New
              </ButtonFace>
            </Link>
          </header>
          <ConversationList projectId={project.id} slug={slug} opened={id ?? ''} />
          <header className={css.asideHead}>
            <h2>Runs</h2>
          </header>
          <RunBriefs projectId={project.id} />
        </aside>
      </div>
    </ProjectFrame>
  )
}
