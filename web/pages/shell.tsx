import { Link, Outlet, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useProjects } from '../features/projects/use-projects.ts'
import { useApp } from '../lib/app-context.ts'
import { useShortcuts, useSignal } from '../lib/hooks.ts'
import { takesText } from '../lib/shortcuts.ts'
import { Icon, Mark } from '../ui/icon.tsx'
import { Keys } from '../ui/keys.tsx'
import { ActionSheet } from './action-sheet.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import { NoticeList } from './notice-list.tsx'
import css from './shell.module.css'
import { SignIn } from './sign-in.tsx'
import { ThemeButton } from './theme-button.tsx'

/** What surrounds every page. */
export function Shell() {
  const app = useApp()
  const signedOut = useSignal(app.signedOut)
  const navigate = useNavigate()
  const [sheet, setSheet] = useState(false)
  useKeyboard()
  useShortcuts([
    { keys: '?', title: 'Show all actions and their keys', group: 'Everywhere', run: () => setSheet(true) },
    { keys: 'mod+k', title: 'Find an action', group: 'Everywhere', run: () => setSheet(true) },
    { keys: 'g h', title: 'Go to the runs', group: 'Everywhere', run: () => void navigate({ to: '/' }) },
    { keys: 'g a', title: 'Go to the approvals', group: 'Everywhere', run: () => void navigate({ to: '/approvals' }) },
    {
      keys: 'g m',
      title: 'Go to the providers of models',
      group: 'Everywhere',
      run: () => void navigate({ to: '/providers' }),
    },
    { keys: 'g p', title: 'Go to the projects', group: 'Everywhere', run: () => void navigate({ to: '/projects' }) },
  ])
  if (signedOut) return <SignIn />
  return (
    <div className={css.shell}>
      <a href="#content" className={css.skip}>
        Skip to the content
      </a>
      <nav className={css.bar} aria-label="Main">
        <Link to="/" className={css.brand}>
          <Mark />
          <span>Orrery</span>
        </Link>
        <Link to="/" activeOptions={{ exact: true }} className={css.item}>
          <Icon name="graph" />
          <span>Runs</span>
        </Link>
        <Link to="/projects" activeOptions={{ exact: true }} className={css.item}>
          <Icon name="folder" />
          <span>Projects</span>
        </Link>
        <Link to="/approvals" className={css.item}>
          <Icon name="inbox" />
          <span>Approvals</span>
          <OpenCount />
        </Link>
        <Link to="/providers" className={css.item}>
          <Icon name="chip" />
          <span>Providers</span>
        </Link>
        <ProjectLinks />
        <div className={css.foot}>
          <button type="button" className={css.item} onClick={() => setSheet(true)}>
            <Icon name="keyboard" />
            <span>Actions</span>
            <Keys keys="?" quiet />
          </button>
          <ThemeButton />
        </div>
      </nav>
      <main className={css.content} id="content" tabIndex={-1}>
        <Outlet />
      </main>
      <ConnectionBanner />
      <NoticeList />
      {sheet ? <ActionSheet onClose={() => setSheet(false)} /> : null}
    </div>
  )
}

/** How many questions wait for a person. */
function OpenCount() {
  const { inbox } = useApp()
  const { open } = useSignal(inbox)
  if (open.length === 0) return null
  return (
    <span className={css.badge}>
      {open.length}
      <span className="sr-only"> open</span>
    </span>
  )
}

/** A few projects, so that the way to them is one step. */
function ProjectLinks() {
  const { data } = useProjects(8)
  const projects = data?.projects.nodes ?? []
  if (projects.length === 0) return null
  return (
    <ul className={css.projects} aria-label="Recent projects">
      {projects.map(project => (
        <li key={project.id}>
          <Link to="/projects/$slug" params={{ slug: project.slug }} className={css.project}>
            {project.name}
          </Link>
        </li>
      ))}
    </ul>
  )
}

function useKeyboard(): void {
  const { shortcuts } = useApp()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // A dialog has its own keys: what lies beneath it does not hear.
      if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return
      const press = {
        key: event.key,
        mod: event.metaKey || event.ctrlKey,
        alt: event.altKey,
        typing: takesText(event.target),
      }
      if (shortcuts.press(press)) event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [shortcuts])
}
