/** What a question is about, as a word and a shape; and whether a yes can be taken back. */
import type { IconName } from '../../ui/icon.tsx'

type Kind = {
  word: string
  icon: IconName /** What a yes does that nobody can undo from here; null: nothing. */
  final: string | null
}

const kinds: Readonly<Record<string, Kind>> = {
  PLAN: { word: 'Plan', icon: 'layers', final: null },
  BUDGET: { word: 'Budget', icon: 'coin', final: null },
  TOOL: {
    word: 'Tool',
    icon: 'terminal',
    final: 'The call is made, and what it does outside of the sandbox cannot be taken back from here.',
  },
  PUSH: {
    word: 'Push',
    icon: 'branch',
    final: 'The change is written where others see it. That cannot be taken back from here.',
  },
  QUESTION: { word: 'Question', icon: 'ask', final: null },
  GO: { word: 'Go', icon: 'play', final: null },
  QUALITY: { word: 'Quality', icon: 'warning', final: null },
}
const other: Kind = { word: 'Question', icon: 'ask', final: null }

export const kindOf = (name: string): Kind => (Object.hasOwn(kinds, name) ? (kinds[name] ?? other) : other)
