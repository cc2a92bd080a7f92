/**
 * What a terminal would show, as spans. `ansiLines(text)` gives lines of spans, colours carried from line to line; a
 * virtual list draws one with `<AnsiLine line={…} />`, a short text is drawn whole with `<Ansi text={…} />`.
 *
 * Colours and weights are taken over, each as the nearest colour of the page, which is readable in light and dark. All
 * else that a terminal obeys is left out: cursor movements, titles, links, clearing of the screen. Of a line that was
 * overwritten (`\r`) stays what stood there last. What is left is text and nothing but text.
 */
import css from './ansi.module.css'
import { cut, inert, Rest } from './inert.tsx'

export type AnsiColour = 'black' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'white'
export type AnsiStyle = {
  readonly colour: AnsiColour | null
  readonly ground: AnsiColour | null
  readonly bold: boolean
  readonly dim: boolean
  readonly italic: boolean
  readonly underline: boolean
  readonly struck: boolean
  readonly inverse: boolean
}
export type AnsiSpan = { readonly text: string; readonly style: AnsiStyle }
export type AnsiLine = {
  readonly spans: readonly AnsiSpan[] /** Characters beyond `shownColumns`. */
  readonly rest: number
}

/** A longer line is cut: one line of a megabyte would stop the page. */
export const shownColumns = 2_000

const colours: readonly AnsiColour[] = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white']
const plain: AnsiStyle = {
  colour: null,
  ground: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  struck: false,
  inverse: false,
}

/** CSI sequences with their parameters and last letter; then strings (OSC, DCS, …) up to their end; then single ones. */
const sequences =
  /(?:\x1b\[|\x9b)([0-9:;<=>?]*)[ -/]*([@-~])|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]/g

/** The lines of a terminal's text. An empty line at its end is none. */
export function ansiLines(text: string): AnsiLine[] {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  let style = plain
  return lines.map(line => {
    const read = readLine(line, style)
    style = read.style
    return { spans: read.spans, rest: read.rest }
  })
}

/** The newest text of a line that was overwritten. */
const newest = (line: string): string => {
  const bare = line.endsWith('\r') ? line.slice(0, -1) : line
  return bare.slice(bare.lastIndexOf('\r') + 1)
}

function readLine(line: string, before: AnsiStyle): { spans: AnsiSpan[]; style: AnsiStyle; rest: number } {
  const spans: AnsiSpan[] = []
  let style = before
  let room = shownColumns
  let rest = 0
  const add = (text: string) => {
    const shown = cut(text, Math.max(0, room))
    if (shown !== '') spans.push({ text: shown, style })
    room -= shown.length
    rest += text.length - shown.length
  }
  const last = newest(line)
  // What was overwritten is not shown, but its colours hold on.
  for (const match of line.slice(0, line.length - last.length).matchAll(sequences)) style = styled(style, match)
  let end = 0
  for (const match of last.matchAll(sequences)) {
    add(last.slice(end, match.index))
    style = styled(style, match)
    end = match.index + match[0].length
  }
  add(last.slice(end))
  return { spans, style, rest }
}

function styled(style: AnsiStyle, [, parameters, letter]: RegExpMatchArray): AnsiStyle {
  if (letter !== 'm' || parameters === undefined || /[<=>?]/.test(parameters)) return style
  const codes = parameters.split(/[;:]/).map(Number)
  let next = style
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0
    if (code !== 38 && code !== 48) {
      next = { ...next, ...changeOf(code) }
      continue
    }
    const length = codes[at + 1] === 5 ? 2 : 4
    const colour = length === 2 ? ofPalette(codes[at + 2] ?? 0) : nearest(codes.slice(at + 2, at + 5))
    next = { ...next, [code === 38 ? 'colour' : 'ground']: colour }
    at += length
  }
  return next
}

const changes: Readonly<Record<number, Partial<AnsiStyle>>> = {
  0: plain,
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  7: { inverse: true },
  9: { struck: true },
  22: { bold: false, dim: false },
  23: { italic: false },
  24: { underline: false },
  27: { inverse: false },
  29: { struck: false },
  39: { colour: null },
  49: { ground: null },
}

function changeOf(code: number): Partial<AnsiStyle> {
  const colour = colours[code % 10] ?? null
  if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) return { colour }
  if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) return { ground: colour }
  return changes[code] ?? {}
}

/** Of the 256: the sixteen, a cube of 6 × 6 × 6, and 24 greys. */
function ofPalette(index: number): AnsiColour {
  if (index < 16) return colours[index % 8] ?? 'white'
  if (index >= 232) return index < 244 ? 'black' : 'white'
  const cube = index - 16
  return nearest([Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map(level => level * 51))
}

/** By the bits of red, green and blue: a channel is on where it is nearer to the strongest one than to the weakest. */
function nearest([red = 0, green = 0, blue = 0]: readonly number[]): AnsiColour {
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)]
  if (most - least < 40) return most < 128 ? 'black' : 'white'
  const middle = (most + least) / 2
  return colours[(red > middle ? 1 : 0) + (green > middle ? 2 : 0) + (blue > middle ? 4 : 0)] ?? 'white'
}

/** One line, as spans; it brings no block of its own. */
export function AnsiLine({ line: { spans, rest } }: { line: AnsiLine }) {
  return (
    <>
      {spans.map(({ text, style }, index) =>
        style === plain ? (
          inert(text)
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: spans have no other name than their place.
          <Span key={index} text={text} style={style} />
        ),
      )}
      {rest > 0 ? <Rest count={rest} /> : null}
    </>
  )
}

function Span({ text, style }: AnsiSpan) {
  const [colour, ground] = style.inverse
    ? [style.ground ?? 'black', style.colour ?? 'white']
    : [style.colour, style.ground]
  const marks = (['bold', 'dim', 'italic', 'underline', 'struck'] as const).filter(mark => style[mark])
  return (
    <span
      className={css.span}
      data-colour={colour ?? undefined}
      data-ground={ground ?? undefined}
      data-marks={marks.join(' ') || undefined}
    >
      {inert(text)}
    </span>
  )
}

/** Lines that are drawn of a text that is shown whole. */
const shownLines = 1_000

/** A short text, line by line. */
export function Ansi({ text }: { text: string }) {
  const lines = ansiLines(text)
  return (
    <pre className={css.text}>
      {lines.slice(0, shownLines).map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: nor have lines.
        <span key={index} className={css.line}>
          <AnsiLine line={line} />
          {'\n'}
        </span>
      ))}
      {lines.length > shownLines ? `… ${lines.length - shownLines} more lines` : ''}
    </pre>
  )
}
