/**
 * Mistakes for tests, made by rules of their own: they share nothing with what the simulated model tries. Some are
 * slips of one character; others lose a line or a whole condition, and cannot be guessed.
 */

export type Mutant = { file: string; line: number; rule: string; text: string }

type Rule = { name: string; pattern: RegExp; by: string }

const rules: readonly Rule[] = [
  { name: 'relation widened', pattern: /(?<= )(<|>)(?= )/, by: '$1=' },
  { name: 'relation narrowed', pattern: /(?<= )(<|>)=(?= )/, by: '$1' },
  { name: 'relation turned', pattern: /(?<= )<(?= )/, by: '>' },
  { name: 'sum to difference', pattern: / \+ /, by: ' - ' },
  { name: 'difference to sum', pattern: / - /, by: ' + ' },
  { name: 'product to quotient', pattern: / \* /, by: ' / ' },
  { name: 'quotient to product', pattern: / \/ /, by: ' * ' },
  { name: 'both to either', pattern: / && /, by: ' || ' },
  { name: 'either to both', pattern: / (\|\||or) /, by: ' && ' },
  { name: 'sameness turned', pattern: / !==? (?=\w)/, by: ' == ' },
  { name: 'largest to smallest', pattern: /\bmax\(/, by: 'min(' },
  { name: 'constant moved', pattern: /(?<=[ (])(\d)(?=[);,]|$)/, by: '1$1' },
  { name: 'added to set', pattern: / \+= /, by: ' = ' },
  { name: 'line lost', pattern: /^(\s+)(?!return|for|if|\}|else|def|class|const|let)\w.*$/, by: '$1' },
  { name: 'result lost', pattern: /^(\s+)return (?!null|false|None).+$/, by: '$1return null' },
  { name: 'condition lost', pattern: /^(\s+)if \((.+?)\) /, by: '$1if (true) ' },
  { name: 'arithmetic replaced', pattern: /(\w+) - (\w+)\.(\w+)/, by: '$2.$3 * 2' },
]

/** Every mutant of the files that a rule allows, one changed line each. */
export function mutantsOf(files: Readonly<Record<string, string>>): Mutant[] {
  const sources = Object.entries(files).filter(([path]) => /^(src|stockroom)\//.test(path))
  return sources.flatMap(([file, text]) =>
    text.split('\n').flatMap((code, line) => {
      if (/^\s*(\/?\*|import|from|export type|#|""")/.test(code)) return []
      return rules.flatMap(({ name, pattern, by }) => {
        const python = file.endsWith('.py')
        const changed = code.replace(
          pattern,
          python ? by.replace('&&', 'and').replace('||', 'or').replace('null', 'None') : by,
        )
        return changed === code ? [] : [{ file, line, rule: name, text: changed }]
      })
    }),
  )
}

/** The same ones for the same seed, in an order of its own (xorshift). */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed | 1
  const next = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
  return items
    .map(item => ({ item, key: next() }))
    .toSorted((left, right) => left.key - right.key)
    .map(({ item }) => item)
}

export const applied = (
  files: Readonly<Record<string, string>>,
  { file, line, text }: Mutant,
): Record<string, string> => ({
  ...files,
  [file]: (files[file] ?? '').split('\n').with(line, text).join('\n'),
})
