import css from './keys.module.css'

const shown: Record<string, string> = {
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Enter: '↵',
}
const isMac = typeof navigator !== 'undefined' && /Mac|iP(hone|ad)/.test(navigator.platform)

/** A chord such as `g h` as keys. Hidden where there is no keyboard. */
export function Keys({ keys, quiet = false }: { keys: string; quiet?: boolean }) {
  return (
    <span className={css.keys} data-quiet={quiet || undefined} aria-hidden={quiet || undefined}>
      {keys.split(' ').map((key, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the keys of a chord have no other name than their place.
        <kbd key={index} className={css.key}>
          {key.replace('mod+', isMac ? '⌘' : 'Ctrl ').replace(/^[A-Z]\w+$/, name => shown[name] ?? name)}
        </kbd>
      ))}
    </span>
  )
}
