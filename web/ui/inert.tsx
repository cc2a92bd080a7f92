/**
 * Text of strangers, shown and never obeyed. A character that would move, hide or turn what stands beside it is written
 * out as its number: whoever reads a change must see what a compiler sees. `Inert` also keeps right-to-left text from
 * turning its surroundings, and cuts what is longer than anybody reads.
 */
import type { ReactNode } from 'react'
import { patternOf } from '../../domain/run/event-search.ts'
import { formatCount } from '../lib/format.ts'
import css from './inert.module.css'

/**
 * Controls except tab and newline, marks and overrides of direction, spaces without width, what separates lines in
 * scripts only, tags, and halves of pairs. Joiners (U+200C, U+200D) stay: emoji and many scripts are written with them.
 */
const hidden =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\u{e0001}|[\u{e0020}-\u{e007f}]/gu

/** `U+202E` of a character. */
export const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

/** The text with what cannot be seen written out, as a string: for names, titles and attributes. */
export const visibleText = (text: string): string => text.replace(hidden, found => `⟨${codePoint(found)}⟩`)

/** The same as elements: what was written out looks so. Text without such characters is returned as it is. */
export function inert(text: string): ReactNode {
  if (text.search(hidden) < 0) return text
  const parts: ReactNode[] = []
  let end = 0
  for (const { 0: found, index } of text.matchAll(hidden)) {
    if (index > end) parts.push(text.slice(end, index))
    parts.push(
      <span key={index} className={css.escape} title="A character that cannot be seen">
        {codePoint(found)}
      </span>,
    )
    end = index + found.length
  }
  parts.push(text.slice(end))
  return parts
}

/** Characters of one piece of text that are drawn; a line of a megabyte would stop the page. */
export const shownCharacters = 20_000

/** The same, with the places marked at which a text stands, in any case. Empty: none are. */
export function marked(text: string, sought: string): ReactNode {
  if (sought === '') return inert(text)
  const parts: ReactNode[] = []
  let end = 0
  for (const { 0: found, index } of text.matchAll(patternOf(sought, 'g'))) {
    parts.push(inert(text.slice(end, index)))
    parts.push(
      <mark key={index} className={css.sought}>
        {inert(found)}
      </mark>,
    )
    end = index + found.length
  }
  return end === 0 ? inert(text) : [...parts, inert(text.slice(end))]
}

type Props = {
  text: string
  /** Characters that are drawn, the rest is counted. */
  limit?: number
  /** What is searched for. */
  sought?: string
}

export function Inert({ text, limit = shownCharacters, sought = '' }: Props) {
  return (
    <bdi className={css.text}>
      {marked(cut(text, limit), sought)}
      {text.length > limit ? <Rest count={text.length - cut(text, limit).length} /> : null}
    </bdi>
  )
}

/** How much was left out. */
export const Rest = ({ count }: { count: number }) => (
  <span className={css.rest}> … {formatCount(count)} more characters</span>
)

/** At most `limit` UTF-16 units, and no half of a pair at the end. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text
  const half = /[\ud800-\udbff]/.test(text.charAt(limit - 1)) ? 1 : 0
  return text.slice(0, limit - half)
}
