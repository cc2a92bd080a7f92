/** What the palette finds: a line that holds every word of what was typed, those that begin with it first. */
import type { IconName } from '../../ui/icon.tsx'

export type PaletteItem = {
  id: string
  /** What kind of thing it is; also where it stands. */
  group: 'Places' | 'Actions' | 'Tasks' | 'Projects' | 'Runs' | 'Artifacts' | 'Agents' | 'Workflows'
  title: string
  note: string
  icon: IconName
  /** The chord that does the same. */
  keys?: string
  run(): void
}

const groupOrder: readonly PaletteItem['group'][] = [
  'Tasks',
  'Runs',
  'Projects',
  'Places',
  'Actions',
  'Artifacts',
  'Workflows',
  'Agents',
]
const mostOfGroup = 8

/**
 * The best of each group, the groups in the order of their best. Nothing typed: places and actions, as a reminder of what
 * there is.
 */
export function rank(items: readonly PaletteItem[], typed: string): PaletteItem[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const scored = items
    .map(item => ({ item, score: scoreOf(item, words) }))
    .filter(({ item, score }) => score > 0 && (words.length > 0 || item.group === 'Places' || item.group === 'Actions'))
  return groupOrder
    .map(group => ({
      group,
      some: scored.filter(({ item }) => item.group === group).sort((a, b) => b.score - a.score),
    }))
    .sort((a, b) => best(b.some) - best(a.some))
    .flatMap(({ some }) => (words.length === 0 ? some : some.slice(0, mostOfGroup)).map(({ item }) => item))
}

type Scored = { item: PaletteItem; score: number }
const best = (some: readonly Scored[]): number => some[0]?.score ?? 0

/** 0: it does not belong; 4: its title begins with what was typed; 3: a word of it does; 2: the title holds it; 1: its note. */
function scoreOf({ title, note, group }: PaletteItem, words: readonly string[]): number {
  const [name, all] = [title.toLowerCase(), `${title} ${note} ${group}`.toLowerCase()]
  if (!words.every(word => all.includes(word))) return 0
  const typed = words.join(' ')
  if (name.startsWith(typed)) return 4
  if (words.every(word => new RegExp(`(^|[^\\p{L}\\p{N}])${escaped(word)}`, 'u').test(name))) return 3
  return words.every(word => name.includes(word)) ? 2 : 1
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
