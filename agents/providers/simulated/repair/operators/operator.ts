/** What a small change to one line is made from, and how such changes are written down. */
import type { Hints } from '../failures.ts'
import type { Language } from '../source-code.ts'

export type Site = {
  text: string
  /** The same line with strings and comments blanked. */
  code: string
  language: Language
  hints: Hints
  /** Names in scope: parameters and locals of the function, and what the file defines or imports. */
  names: readonly string[]
  /** What stands behind a dot anywhere in the files that were read. */
  properties: readonly string[]
  /** Whether the line is the last of its function. */
  isLast: boolean
}
export type Rewrite = { operator: string; text: string; weight: number }
export type Operator = { name: string; apply(site: Site): { text: string; weight: number }[] }

export type Replacement = readonly [by: string, weight: number]

/** An operator that replaces each place where the pattern stands in code. */
export function substitution(
  name: string,
  pattern: RegExp,
  by: (found: RegExpMatchArray, site: Site) => readonly Replacement[],
): Operator {
  return {
    name,
    apply: site =>
      [...site.code.matchAll(pattern)].flatMap(found => {
        const [before, after] = [site.text.slice(0, found.index), site.text.slice(found.index + found[0].length)]
        // From the text rather than from the code, in which strings are blank.
        found[0] = site.text.slice(found.index, found.index + found[0].length)
        return by(found, site).map(([to, weight]) => ({ text: `${before}${to}${after}`, weight }))
      }),
  }
}

export const table = (entries: Record<string, readonly Replacement[]>) => (found: RegExpMatchArray) =>
  (entries[found[1] ?? ''] ?? []).map(([to, weight]): Replacement => [found[0].replace(found[1] ?? '', to), weight])
