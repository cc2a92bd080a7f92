import type { ReactNode } from 'react'
import { formatCount, formatMoney } from '../../lib/format.ts'
import { Facts } from '../../ui/facts.tsx'
import { inert } from '../../ui/inert.tsx'

/** What a question tells programs, for people: its plain values. Hashes and amounts are written so that they can be read. */
export function QuestionFacts({ facts }: { facts: unknown }) {
  if (typeof facts !== 'object' || facts === null || Array.isArray(facts)) return null
  // They come in no order of their own: what is named stands before what is counted.
  const entries = Object.entries(facts).sort(([, one], [, other]) => rankOf(one) - rankOf(other))
  const plain = entries.flatMap(([name, value]): [string, ReactNode][] =>
    name === 'diff' || value === null || typeof value === 'object' ? [] : [[wordsOf(name), shown(name, value)]],
  )
  return plain.length === 0 ? null : <Facts facts={Object.fromEntries(plain)} />
}

const rankOf = (value: unknown): number => (typeof value === 'number' ? 1 : 0)

/** `limitMicros` → `Limit`. */
function wordsOf(name: string): string {
  const words = name.replace(/Micros$/, '').replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function shown(name: string, value: unknown): ReactNode {
  if (typeof value === 'number') return name.endsWith('Micros') ? formatMoney(value) : formatCount(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  const text = String(value)
  if (/^[0-9a-f]{40,64}$/.test(text)) return <code title={text}>{text.slice(0, 12)}</code>
  return inert(text.slice(0, 400))
}
