/** Examples that a person gives in words: `sum([1, 2])` should be 3 but is 4. */

export type Example = { call: string; name: string; expected: string }

const literal =
  /^\s*(?:to |be |is |equal |equals |return |returns |give |gives |: )*(?:`([^`\n]+)`|("[^"\n]*"|'[^'\n]*'|-?\d[\d_]*(?:\.\d+)?|true|false|True|False|null|None|undefined|(?=[[{]).+))/

/** Every example in the text; the ones whose expected value is not said plainly are left out. */
export function examplesIn(text: string): Example[] {
  const found: Example[] = []
  for (const match of text.matchAll(/(?<![\w.])([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\(/g)) {
    const end = closing(text, match.index + match[0].length - 1)
    if (end === -1) continue
    const call = text.slice(match.index, end + 1)
    const rest = (text.slice(end + 1).split(/(?<![\w.])[A-Za-z_]\w*\(|\n\s*\n|\.\s+[A-Z]/)[0] ?? '').replace(/^`/, '')
    const expected = expectedIn(rest)
    if (expected !== null) found.push({ call, name: match[1] ?? '', expected })
  }
  return found
}

/** What is said after a call about the value that it should have. */
function expectedIn(rest: string): string | null {
  const phrases = [
    /\bshould (?:have )?(?:be|been|return|returned|give|equal|yield|become)\b/,
    /\bmust (?:be|return|give|equal)\b/,
    /\bexpected\b:?/,
    /\binstead of\b/,
    /\brather than\b/,
    /^\s*(?:returns?|gives?|is|equals?|===?|=>|→|->)/,
  ]
  for (const phrase of phrases) {
    const at = phrase.exec(rest)
    if (at === null) continue
    const value = valueIn(rest.slice(at.index + at[0].length))
    if (value !== null) return value
  }
  return null
}

function valueIn(text: string): string | null {
  const found = literal.exec(text)
  const value = found?.[1] ?? found?.[2]
  if (value === undefined) return null
  const open = /^[[{]/.test(value) ? closing(value, 0) : -1
  const whole = open === -1 ? value.trim() : value.slice(0, open + 1)
  return /^(?:["'[{\d-]|true|false|True|False|null|None|undefined)/.test(whole) ? whole : null
}

/** The place of the bracket that closes the one at `start`; -1 where none does. */
function closing(text: string, start: number): number {
  let depth = 0
  let quote = ''
  for (let at = start; at < Math.min(text.length, start + 500); at += 1) {
    const char = text[at] ?? ''
    if (quote !== '') {
      if (char === '\\') at += 1
      else if (char === quote) quote = ''
    } else if (/["']/.test(char)) quote = char
    else if (/[([{]/.test(char)) depth += 1
    else if (/[)\]}]/.test(char)) {
      depth -= 1
      if (depth === 0) return at
    }
  }
  return -1
}
