import { expect, test } from 'vitest'
import { createPreferences } from './preferences.ts'

function place(kept: Record<string, string> = {}) {
  const storage = {
    getItem: (key: string) => kept[key] ?? null,
    setItem(key: string, value: string) {
      kept[key] = value
    },
    removeItem(key: string) {
      delete kept[key]
    },
  }
  return { kept, storage, root: { dataset: {} as DOMStringMap } }
}

test('a choice is shown, kept, and found again', () => {
  const { kept, storage, root } = place()
  const preferences = createPreferences({ storage, root })
  expect(preferences.get()).toEqual({ theme: 'system', motion: 'system', notify: 'off' })
  preferences.set('theme', 'dark')
  preferences.set('motion', 'reduced')
  preferences.set('notify', 'questions')
  expect([root.dataset.theme, root.dataset.motion, root.dataset.notify]).toEqual(['dark', 'reduced', undefined])
  expect(createPreferences({ storage, root }).get()).toEqual({ theme: 'dark', motion: 'reduced', notify: 'questions' })
  preferences.set('theme', 'system')
  expect([root.dataset.theme, kept['orrery.theme']]).toEqual([undefined, undefined])
})

test('what was kept and makes no sense is as if nothing was', () => {
  const { storage, root } = place({ 'orrery.theme': 'purple' })
  expect(createPreferences({ storage, root }).get().theme).toBe('system')
})

test('without a place to keep it, a choice lasts as long as the page', () => {
  const preferences = createPreferences({ storage: null, root: { dataset: {} as DOMStringMap } })
  preferences.set('theme', 'light')
  expect(preferences.get().theme).toBe('light')
})
