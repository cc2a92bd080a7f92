import { useEffect } from 'react'
import { useApp } from './app-context.ts'
import { takesText } from './shortcuts.ts'

/** Hands every key of the page to the shortcuts. */
export function useKeyboard(): void {
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
