import { useState } from 'react'
import { useShortcuts } from '../lib/hooks.ts'
import { Icon } from '../ui/icon.tsx'
import { Keys } from '../ui/keys.tsx'
import css from './shell.module.css'

const themes = ['system', 'light', 'dark'] as const
type Theme = (typeof themes)[number]
const words: Record<Theme, string> = { system: 'System', light: 'Light', dark: 'Dark' }
const icons = { system: 'system', light: 'sun', dark: 'moon' } as const
/** `theme.js` reads it before the first paint. */
const key = 'orrery.theme'

export function ThemeButton() {
  const [theme, setTheme] = useState<Theme>(
    () => themes.find(one => one === document.documentElement.dataset.theme) ?? 'system',
  )
  const change = () => {
    const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system'
    setTheme(next)
    apply(next)
  }
  useShortcuts([{ keys: 't', title: 'Change between light and dark', group: 'Everywhere', run: change }])
  return (
    <button type="button" className={css.item} onClick={change}>
      <Icon name={icons[theme]} />
      <span>
        <span className="sr-only">Theme: </span>
        {words[theme]}
      </span>
      <Keys keys="t" quiet />
    </button>
  )
}

function apply(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  try {
    if (theme === 'system') localStorage.removeItem(key)
    else localStorage.setItem(key, theme)
  } catch {
    // Where storage is forbidden the choice lasts as long as the page.
  }
}
