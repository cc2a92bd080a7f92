/** Colours, and how wide a text is on a screen. */

const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
} as const
export type Colour = keyof typeof codes
export type Style = Readonly<Record<Colour, (text: string) => string>>

export function createStyle(enabled: boolean): Style {
  const paint = (colour: Colour) => {
    const [open, close] = codes[colour]
    return (text: string) => (enabled && text !== '' ? `\x1b[${open}m${text}\x1b[${close}m` : text)
  }
  return {
    bold: paint('bold'),
    dim: paint('dim'),
    red: paint('red'),
    green: paint('green'),
    yellow: paint('yellow'),
    blue: paint('blue'),
    magenta: paint('magenta'),
    cyan: paint('cyan'),
  }
}

const colourCode = /\x1b\[\d+m/g
const wide =
  /\p{Extended_Pictographic}|[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/u
/** Pictographs that terminals draw in one column. */
const narrow = /^[\u2000-\u27BF]$/
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Columns that a text takes, colours not counted. */
export function widthOf(text: string): number {
  const plain = text.replace(colourCode, '')
  if (/^[\x20-\x7e]*$/.test(plain)) return plain.length
  let width = 0
  for (const { segment } of graphemes.segment(plain)) width += wide.test(segment) && !narrow.test(segment) ? 2 : 1
  return width
}

/** The text in so many columns: cut with an ellipsis where it is longer. Colours are not allowed in it. */
export function cut(text: string, columns: number): string {
  if (columns <= 0) return ''
  if (widthOf(text) <= columns) return text
  let kept = ''
  let width = 0
  for (const { segment } of graphemes.segment(text)) {
    width += widthOf(segment)
    if (width > columns - 1) break
    kept += segment
  }
  return `${kept}…`
}

/** As `cut`, keeping the end: of a path, what tells it from others. */
export function cutStart(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text
  const letters = [...graphemes.segment(text)].map(({ segment }) => segment)
  while (letters.length > 0 && widthOf(letters.join('')) > columns - 1) letters.shift()
  return `…${letters.join('')}`
}

export const padEnd = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - widthOf(text)))
export const padStart = (text: string, columns: number): string =>
  ' '.repeat(Math.max(0, columns - widthOf(text))) + text
