/** Texts that differ from the expected ones in a part. */
import type { Operator } from './operator.ts'

/** The part in which two texts differ. */
function difference(left: string, right: string): readonly [string, string] {
  let start = 0
  while (start < left.length && left[start] === right[start]) start += 1
  let end = 0
  while (end < Math.min(left.length, right.length) - start && left.at(-1 - end) === right.at(-1 - end)) end += 1
  return [left.slice(start, left.length - end), right.slice(start, right.length - end)]
}

const unquoted = (text: string): string => text.trim().replace(/^(['"`])(.*)\1$/, '$2')

export const texts: readonly Operator[] = [
  {
    name: 'text',
    apply: ({ text, hints: { actual, expected } }) => {
      if (actual === null || expected === null) return []
      const [was, wanted] = difference(unquoted(actual), unquoted(expected))
      return [...text.matchAll(/(['"`])(.*?)\1/g)].flatMap(({ 0: found, 1: quote = '', 2: inner = '', index }) => {
        const by =
          was !== '' && inner.includes(was)
            ? inner.replace(was, wanted)
            : inner === unquoted(actual)
              ? unquoted(expected)
              : was === '' && inner !== ''
                ? inner + wanted
                : null
        if (by === null || by === inner || by.includes(quote)) return []
        return [{ text: text.slice(0, index) + quote + by + quote + text.slice(index + found.length), weight: 0.7 }]
      })
    },
  },
]
