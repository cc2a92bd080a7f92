import { Link, Outlet, useNavigate } from '@tanstack/react-router'
import { Fragment, lazy, Suspense, useEffect, useState } from 'react'
import { useProjects } from '../features/projects/use-projects.ts'
import { useApp } from '../lib/app-context.ts'
import { useShortcuts, useSignal } from '../lib/hooks.ts'
import { followQuestions } from '../lib/notifications.ts'
import { useKeyboard } from '../lib/use-keyboard.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Icon, Mark } from '../ui/icon.tsx'
import { Keys } from '../ui/keys.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import { NoticeList } from './notice-list.tsx'
import { PalettePanel } from './palette-panel.tsx'
import { nearPlaces, type Place, placeGroups, places } from './places.ts'
import css from './shell.module.css'
import { SignIn } from './sign-in.tsx'
import { ThemeButton } from './theme-button.tsx'

const ActionSheet = lazy(async () => ({ default: (await import('./action-sheet.tsx')).ActionSheet }))

/** What is open over the page. */
type Over = 'palette' | 'actions' | 'places' | null

/** What surrounds every page. */
export function Shell() {
  const app = useApp()
  const signedOut = useSignal(app.signedOut)
  const [over, setOver] = useState<Over>(null)
  const close = () => setOver(null)
  useKeyboard()
  useNotifications()
  usePlaceKeys()
  useShortcuts([
    { keys: '?', title: 'Show all actions and their keys', group: 'Everywhere', run: () => setOver('actions') },
    { keys: 'mod+k', title: 'Find anything', group: 'Everywhere', run: () => setOver('palette') },
  ])
  if (signedOut) return <SignIn />
  return (
    <div className={css.shell}>
      <a href="#content" className={css.skip}>
        Skip to the content
      </a>
      <Navigation onOver={setOver} />
      <main className={css.content} id="content" tabIndex={-1}>
        <Outlet />
      </main>
      <ConnectionBanner />
      <NoticeList />
      {/* Part of the first load: what is typed right after its key must find it there. */}
      {over === 'palette' ? <PalettePanel onClose={close} /> : null}
      <Suspense>{over === 'actions' ? <ActionSheet onClose={close} /> : null}</Suspense>
      {over === 'places' ? <PlaceSheet onClose={close} /> : null}
    </div>
  )
}

/** The browser tells of questions, for whoever wants it to. */
function useNotifications(): void {
  const { inbox, preferences } = useApp()
  useEffect(
    () =>
      followQuestions({
        inbox,
        preferences,
        isHidden: () => document.hidden,
        tell: (title, options) => void new Notification(title, options),
      }),
    [inbox, preferences],
  )
}

/** `g` and a letter leads to each place. */
function usePlaceKeys(): void {
  const navigate = useNavigate()
  useShortcuts(
    places.map(({ to, name, key }) => ({
      keys: `g ${key}`,
      title: `Go to ${name}`,
      group: 'Everywhere',
      run: () => void navigate({ to }),
    })),
  )
}

function Navigation({ onOver }: { onOver(over: Over): void }) {
  return (
    <nav className={css.bar} aria-label="Main">
      <Link to="/" className={css.brand}>
        <Mark size={22} />
        <span>Orrery</span>
      </Link>
      <button type="button" className={css.find} onClick={() => onOver('palette')} aria-keyshortcuts="Control+K">
        <Icon name="search" />
        <span>Find</span>
        <Keys keys="mod+k" quiet />
      </button>
      {placeGroups.map(group => (
        <ul key={group.name} className={css.group} aria-label={group.name}>
          {group.places.map(place => (
            <Fragment key={place.to}>
              <li className={css.place} data-near={nearPlaces.includes(place.to) || undefined}>
                <PlaceLink place={place} />
              </li>
              {place.to === '/projects' ? <ProjectLinks /> : null}
            </Fragment>
          ))}
        </ul>
      ))}
      <div className={css.foot}>
        <button type="button" className={css.item} onClick={() => onOver('actions')}>
          <Icon name="keyboard" />
          <span>Keys</span>
          <Keys keys="?" quiet />
        </button>
        <ThemeButton />
      </div>
      <button type="button" className={`${css.item} ${css.more}`} onClick={() => onOver('places')}>
        <Icon name="menu" />
        <span>More</span>
      </button>
    </nav>
  )
}

function PlaceLink({ place, onClick }: { place: Place; onClick?(): void }) {
  return (
    <Link
      to={place.to}
      activeOptions={{ exact: place.to === '/' || place.to === '/projects', includeSearch: false }}
      className={css.item}
      onClick={onClick}
    >
      <Icon name={place.icon} />
      <span>{place.name}</span>
      {place.to === '/approvals' ? <OpenCount /> : null}
    </Link>
  )
}

/** All places, where the bar has no room for them. */
function PlaceSheet({ onClose }: { onClose(): void }) {
  return (
    <Dialog title="Go to" onClose={onClose}>
      <nav aria-label="All places" className={css.sheet}>
        {placeGroups.map(group => (
          <section key={group.name}>
            <h3>{group.name}</h3>
            {group.places.map(place => (
              <PlaceLink key={place.to} place={place} onClick={onClose} />
            ))}
          </section>
        ))}
        <ThemeButton />
      </nav>
    </Dialog>
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
  const { data } = useProjects(6)
  return (data?.projects.nodes ?? []).map(project => (
    <li key={project.id} className={css.project}>
      <Link to="/projects/$slug" params={{ slug: project.slug }} className={css.projectLink}>
        {project.name}
      </Link>
    </li>
  ))
}
