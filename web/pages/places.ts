/** Where one can go: the navigation, the palette and the keys are made of this one list. */
import type { IconName } from '../ui/icon.tsx'

export type Place = {
  to: string
  name: string
  icon: IconName
  /** The second key of the chord that begins with `g`. */
  key: string
  /** What it is for, as the palette says it. */
  about: string
}

/** What people work with, what does the work, and the house that it happens in. */
export const placeGroups: readonly { name: string; places: readonly Place[] }[] = [
  {
    name: 'Work',
    places: [
      { to: '/', name: 'Home', icon: 'home', key: 'h', about: 'What is at work, what waits, what it costs' },
      { to: '/runs', name: 'Runs', icon: 'graph', key: 'r', about: 'All runs of all projects' },
      { to: '/projects', name: 'Projects', icon: 'folder', key: 'p', about: 'What is being developed' },
      { to: '/approvals', name: 'Approvals', icon: 'inbox', key: 'a', about: 'What people are asked' },
    ],
  },
  {
    name: 'Team',
    places: [
      { to: '/agents', name: 'Agents', icon: 'team', key: 't', about: 'Who does the work' },
      { to: '/workflows', name: 'Workflows', icon: 'branch', key: 'w', about: 'How the work is divided' },
      { to: '/providers', name: 'Models', icon: 'chip', key: 'm', about: 'Who serves models, and how well' },
      { to: '/quality', name: 'Quality', icon: 'gauge', key: 'q', about: 'What the work is worth' },
    ],
  },
  {
    name: 'House',
    places: [
      { to: '/health', name: 'Health', icon: 'pulse', key: 'o', about: 'What is wrong, and what helps' },
      { to: '/settings', name: 'Settings', icon: 'gear', key: 's', about: 'Theme, keys, budget, sign out' },
    ],
  },
]
export const places: readonly Place[] = placeGroups.flatMap(({ places: some }) => some)
/** Those that a phone has at hand; the rest is one press further. */
export const nearPlaces: readonly string[] = ['/', '/projects', '/approvals']
