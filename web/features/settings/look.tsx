import { useApp } from '../../lib/app-context.ts'
import { useSignal } from '../../lib/hooks.ts'
import type { PreferenceValues } from '../../lib/preferences.ts'
import css from './settings.module.css'

const themes = [
  { value: 'system', word: 'As the system is' },
  { value: 'light', word: 'Light' },
  { value: 'dark', word: 'Dark' },
] as const
const motions = [
  { value: 'system', word: 'As the system asks' },
  { value: 'reduced', word: 'Nothing moves' },
] as const
const notifications = [
  { value: 'off', word: 'Never' },
  { value: 'questions', word: 'When somebody is asked and this page is out of sight' },
] as const

/** How the page looks and moves, in this browser. */
export function Look() {
  const { preferences } = useApp()
  const { theme, motion } = useSignal(preferences)
  return (
    <>
      <Radios name="Theme" options={themes} chosen={theme} onChoose={value => preferences.set('theme', value)} />
      <Radios name="Motion" options={motions} chosen={motion} onChoose={value => preferences.set('motion', value)} />
    </>
  )
}

/** Whether the browser tells of questions. It asks for leave when it is switched on. */
export function Notifications() {
  const { preferences, notices } = useApp()
  const { notify } = useSignal(preferences)
  const choose = async (value: PreferenceValues['notify']) => {
    if (value === 'questions' && (await askLeave()) !== 'granted')
      return notices.say('The browser does not allow notifications from this page.', 'bad')
    preferences.set('notify', value)
  }
  return <Radios name="Tell me" options={notifications} chosen={notify} onChoose={value => void choose(value)} />
}

/** Over plain http from another machine there are none. */
const askLeave = async (): Promise<NotificationPermission> =>
  'Notification' in globalThis ? Notification.requestPermission() : 'denied'

type RadiosProps<Value extends string> = {
  name: string
  options: readonly { value: Value; word: string }[]
  chosen: Value
  onChoose(value: Value): void
}

function Radios<Value extends string>({ name, options, chosen, onChoose }: RadiosProps<Value>) {
  return (
    <fieldset className={css.radios}>
      <legend>{name}</legend>
      {options.map(({ value, word }) => (
        <label key={value}>
          <input type="radio" name={name} checked={value === chosen} onChange={() => onChoose(value)} />
          {word}
        </label>
      ))}
    </fieldset>
  )
}
