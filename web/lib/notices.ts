/** Short messages about what a person asked for: shown for a while, read out, and gone. */
import { createSignal, type Signal } from './signal.ts'

export type Notice = { readonly id: number; readonly tone: 'good' | 'bad' | 'plain'; readonly text: string }
export type Notices = Signal<readonly Notice[]> & {
  say(text: string, tone?: Notice['tone']): void
  dismiss(id: number): void
}

const shownMs = 6_000

export function createNotices(): Notices {
  const signal = createSignal<readonly Notice[]>([])
  let last = 0
  const dismiss = (id: number) => signal.set(signal.get().filter(notice => notice.id !== id))
  return {
    ...signal,
    dismiss,
    say(text, tone = 'plain') {
      last += 1
      const id = last
      signal.set([...signal.get().slice(-2), { id, tone, text }])
      // Bad news stays until it is dismissed.
      if (tone !== 'bad') setTimeout(() => dismiss(id), shownMs)
    },
  }
}
