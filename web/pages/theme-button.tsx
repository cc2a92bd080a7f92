import { useApp } from '../lib/app-context.ts'
import { useShortcuts, useSignal } from '../lib/hooks.ts'
import { Icon } from '../ui/icon.tsx'
import { Keys } from '../ui/keys.tsx'
import css from './shell.module.css'

const themes = ['system', 'light', 'dark'] as const
const words = { system: 'System', light: 'Light', dark: 'Dark' } as const
const icons = { system: 'system', light: 'sun', dark: 'moon' } as const

export function ThemeButton() {
  const { preferences } = useApp()
  const { theme } = useSignal(preferences)
  const change = () => preferences.set('theme', themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system')
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
