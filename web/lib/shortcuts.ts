/**
 * Keys. A shortcut is a chord of keys pressed one after another: `?`, `j`, `g h`. What is typed into a field is text, and
 * a key with Ctrl, Meta or Alt belongs to the browser, except `mod+k`.
 */
export type Shortcut = {
  /** `j`, `Escape`, `mod+k`, `g h`. */
  readonly keys: string
  readonly title: string
  readonly group: string
  run(): void
}

export type ShortcutRegistry = {
  /** Returns how to take them away. Where two take the same keys, the newer wins: it belongs to what is in front. */
  add(shortcuts: readonly Shortcut[]): () => void
  /** Those that work now, oldest first. */
  active(): readonly Shortcut[]
  /** True where the key was ours. */
  press(key: KeyPress): boolean
}

export type KeyPress = { key: string; mod: boolean; alt: boolean; typing: boolean }

/** Within this time the next key of a chord must come. */
const chordMs = 1_000

export function createShortcuts(now: () => number = Date.now): ShortcutRegistry {
  const layers: (readonly Shortcut[])[] = []
  let begun = { keys: '', at: 0 }

  const active = () => {
    const byKeys = new Map<string, Shortcut>()
    for (const shortcut of layers.flat()) byKeys.set(shortcut.keys, shortcut)
    return [...byKeys.values()]
  }
  return {
    active,
    add(shortcuts) {
      layers.push(shortcuts)
      return () => {
        const index = layers.indexOf(shortcuts)
        if (index >= 0) layers.splice(index, 1)
      }
    },
    press({ key, mod, alt, typing }) {
      const name = mod ? `mod+${key.toLowerCase()}` : key
      if (alt || (typing && !mod && key !== 'Escape')) return false
      const chord = begun.keys !== '' && now() - begun.at < chordMs ? `${begun.keys} ${name}` : name
      begun = { keys: '', at: 0 }
      const shortcuts = active()
      const found = shortcuts.find(one => one.keys === chord) ?? shortcuts.find(one => one.keys === name)
      if (found !== undefined) {
        found.run()
        return true
      }
      if (!shortcuts.some(one => one.keys.startsWith(`${chord} `))) return false
      begun = { keys: chord, at: now() }
      return true
    },
  }
}

/** Pairs of which one would swallow the other: the same keys, or one the beginning of the other. */
export function conflicts(keys: readonly string[]): [string, string][] {
  return keys.flatMap((one, index) =>
    keys
      .filter(
        (other, place) => (place !== index && (place > index ? other === one : false)) || other.startsWith(`${one} `),
      )
      .map((other): [string, string] => [one, other]),
  )
}

/** Whether what has the focus takes text. */
export const takesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
