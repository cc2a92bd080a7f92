import type { Json } from '../../domain/json.ts'
import { inJson } from '../../domain/run/event-search.ts'
import { marked } from './inert.tsx'
import css from './json.module.css'
import { Scroll } from './scroll.tsx'

/** More would be slow to draw and nobody would read it. */
const shownLimit = 20_000
const token = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/** A value, readable. `sought`: what is searched for in it. */
export function JsonView({ value, label, sought = '' }: { value: Json; label: string; sought?: string }) {
  const text = JSON.stringify(value, null, 2)
  const shown = text.slice(0, shownLimit)
  return (
    <Scroll className={css.json} label={label}>
      <pre>
        {colour(shown, inJson(sought))}
        {text.length > shownLimit ? (
          <span className={css.rest}>{`\n… ${text.length - shownLimit} more characters`}</span>
        ) : null}
      </pre>
    </Scroll>
  )
}

function colour(text: string, sought: string): React.ReactNode[] {
  const parts: React.ReactNode[] = []
  let end = 0
  for (const match of text.matchAll(token)) {
    const [whole, string, colon, word] = match
    if (match.index > end) parts.push(marked(text.slice(end, match.index), sought))
    const kind =
      colon !== undefined ? css.key : string !== undefined ? css.string : word !== undefined ? css.word : css.number
    parts.push(
      <span key={match.index} className={kind}>
        {marked(string ?? whole, sought)}
      </span>,
    )
    if (colon !== undefined) parts.push(colon)
    end = match.index + whole.length
  }
  parts.push(text.slice(end))
  return parts
}
