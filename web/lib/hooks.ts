import { useEffect, useRef, useSyncExternalStore } from 'react'
import { useApp } from './app-context.ts'
import type { Shortcut } from './shortcuts.ts'
import type { Signal } from './signal.ts'

export function useSignal<T>(signal: Signal<T>): T {
  return useSyncExternalStore(signal.subscribe, signal.get)
}

/** Renders again only when what is selected changes; `select` must return the same object for the same state. */
export function useSelected<T, S>(signal: Signal<T>, select: (value: T) => S): S {
  return useSyncExternalStore(signal.subscribe, () => select(signal.get()))
}

/** Milliseconds since 1970, renewed every second; `ticking: false` keeps the component still. */
export function useNow(ticking = true): number {
  const { clock } = useApp()
  return useSyncExternalStore(ticking ? clock.subscribe : never, clock.get)
}
const never = () => () => {}

/** Makes keys work while the component is shown. Which keys may not change between renders; what they do may. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const registry = useApp().shortcuts
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  const keys = shortcuts.map(shortcut => `${shortcut.keys}\n${shortcut.title}`).join('\n\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: `keys` stands for what is registered.
  useEffect(
    () =>
      registry.add(latest.current.map((shortcut, index) => ({ ...shortcut, run: () => latest.current[index]?.run() }))),
    [registry, keys],
  )
}
