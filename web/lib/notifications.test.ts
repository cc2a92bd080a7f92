import { expect, test } from 'vitest'
import type { Inbox, Question } from './approvals.ts'
import { followQuestions } from './notifications.ts'
import type { PreferenceValues } from './preferences.ts'
import { createSignal } from './signal.ts'

const question = (id: string) => ({ id, title: `Ask ${id}`, run: { id: 'run_1', title: 'Audit' } }) as Question
const inboxOf = (...ids: string[]): Inbox => ({ state: 'ready', open: ids.map(question), settled: [], fault: '' })

function rig(notify: PreferenceValues['notify']) {
  const inbox = createSignal<Inbox>({ state: 'loading', open: [], settled: [], fault: '' })
  const preferences = createSignal<PreferenceValues>({ theme: 'system', motion: 'system', notify })
  const told: string[] = []
  let hidden = true
  const stop = followQuestions({
    inbox,
    preferences,
    isHidden: () => hidden,
    tell: title => void told.push(title),
  })
  return { inbox, told, stop, look: () => (hidden = false) }
}

test('what comes while nobody looks is told once, and what was there before is not', () => {
  const { inbox, told } = rig('questions')
  inbox.set(inboxOf('a'))
  inbox.set(inboxOf('a', 'b'))
  inbox.set(inboxOf('b'))
  inbox.set(inboxOf('b', 'a'))
  expect(told).toEqual(['Ask b'])
})

test('who looks, or does not want it, is not told', () => {
  const looking = rig('questions')
  looking.inbox.set(inboxOf())
  looking.look()
  looking.inbox.set(inboxOf('a'))
  const quiet = rig('off')
  quiet.inbox.set(inboxOf())
  quiet.inbox.set(inboxOf('a'))
  expect([looking.told, quiet.told]).toEqual([[], []])
})
