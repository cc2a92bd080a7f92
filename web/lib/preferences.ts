/** How somebody wants the page to be: kept in this browser, and in force before the first paint (`theme.js` reads the same). */
import { createSignal, type Signal } from './signal.ts'

const kinds = {
  /** The page is as the system is, unless told. */
  theme: ['system', 'light', 'dark'],
  /** `system`: as the system asks · `reduced`: nothing moves. */
  motion: ['system', 'reduced'],
  /** Whether the browser tells of questions while the page is out of sight. */
  notify: ['off', 'questions'],
} as const
export type PreferenceName = keyof typeof kinds
export type PreferenceValues = { [Name in PreferenceName]: (typeof kinds)[Name][number] }
export type Preferences = Signal<PreferenceValues> & {
  set<Name extends PreferenceName>(name: Name, value: PreferenceValues[Name]): void
}

type Place = { storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null; root: { dataset: DOMStringMap } }

export function createPreferences({ storage, root }: Place): Preferences {
  const signal = createSignal<PreferenceValues>({
    theme: read(storage, 'theme'),
    motion: read(storage, 'motion'),
    notify: read(storage, 'notify'),
  })
  return {
    get: signal.get,
    subscribe: signal.subscribe,
    set(name, value) {
      signal.set({ ...signal.get(), [name]: value })
      if (name !== 'notify') show(root, name, value)
      try {
        if (value === kinds[name][0]) storage?.removeItem(`orrery.${name}`)
        else storage?.setItem(`orrery.${name}`, value)
      } catch {
        // Where storage is forbidden the choice lasts as long as the page.
      }
    },
  }
}

function show({ dataset }: Place['root'], name: 'theme' | 'motion', value: string): void {
  if (value === 'system') delete dataset[name]
  else dataset[name] = value
}

function read<Name extends PreferenceName>(storage: Place['storage'], name: Name): PreferenceValues[Name] {
  const known: readonly string[] = kinds[name]
  try {
    const kept = storage?.getItem(`orrery.${name}`)
    return (known.find(one => one === kept) ?? known[0]) as PreferenceValues[Name]
  } catch {
    return known[0] as PreferenceValues[Name]
  }
}

/** Null where the browser forbids it. */
export function ownStorage(): Storage | null {
  try {
    return localStorage
  } catch {
    return null
  }
}
