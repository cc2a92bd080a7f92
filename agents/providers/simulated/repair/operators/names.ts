/** Another name of the same scope in the place of one. */

import { namesIn, propertiesIn } from '../source-code.ts'
import type { Operator, Site } from './operator.ts'

const alike = (left: string, right: string): boolean => {
  const [a, b] = [left.toLowerCase(), right.toLowerCase()]
  return a !== b && (a.includes(b) || b.includes(a) || a.slice(0, 3) === b.slice(0, 3) || a.slice(-4) === b.slice(-4))
}

function swaps({ text, code, language, hints, names, properties }: Site): { text: string; weight: number }[] {
  const swap = (name: string, others: readonly string[], behindDot: boolean) => {
    const pattern = new RegExp(behindDot ? `(?<=\\.)${name}\\b` : `(?<![\\w.$])${name}\\b`, 'g')
    const weightOf = (other: string) =>
      hints.missing.includes(name)
        ? alike(name, other)
          ? 0.95
          : 0.5
        : hints.missing.includes(other)
          ? 0.6
          : alike(name, other)
            ? 0.35
            : 0.2
    return [...code.matchAll(pattern)].flatMap(({ index }) =>
      others
        .filter(other => other !== name)
        .map(other => ({
          text: text.slice(0, index) + other + text.slice(index + name.length),
          weight: weightOf(other),
        })),
    )
  }
  const isDefinition =
    /^\s*(import|from|export \{|(export )?(async )?function|(async )?def|class|interface|type)\b/.test(code)
  if (isDefinition) return []
  return [
    ...[...new Set(namesIn(code, language))].flatMap(name => swap(name, names, false)),
    ...[...new Set(propertiesIn(code))].flatMap(name => swap(name, properties, true)),
  ]
}

export const names: readonly Operator[] = [{ name: 'name', apply: swaps }]
