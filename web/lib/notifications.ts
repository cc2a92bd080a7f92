/** Questions, told by the browser while the page is out of sight: each once, and none of those that were there before. */
import type { Inbox } from './approvals.ts'
import type { PreferenceValues } from './preferences.ts'
import type { Signal } from './signal.ts'

export type Tell = (title: string, options: { body: string; tag: string }) => void

type Deps = {
  inbox: Signal<Inbox>
  preferences: Signal<PreferenceValues>
  isHidden(): boolean
  tell: Tell
}

/** Returns how to stop. */
export function followQuestions({ inbox, preferences, isHidden, tell }: Deps): () => void {
  let known: Set<string> | null = null
  const look = () => {
    const { state, open } = inbox.get()
    if (state !== 'ready') return
    const fresh = known === null ? [] : open.filter(({ id }) => known?.has(id) === false)
    known = new Set([...(known ?? []), ...open.map(({ id }) => id)])
    if (preferences.get().notify !== 'questions' || !isHidden()) return
    for (const { id, title, run } of fresh) tell(title, { body: run?.title ?? '', tag: id })
  }
  look()
  return inbox.subscribe(look)
}
