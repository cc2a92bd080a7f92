import type { ReactNode } from 'react'
import { cut, inert, Rest } from '../../ui/inert.tsx'
import { changedPart } from './diff-rows.ts'
import css from './diff-view.module.css'
import type { LineTokens } from './highlight.ts'

/** Characters of a line that are drawn. */
const shownColumns = 1_000
/** A longer line is not compared with its partner letter by letter. */
const comparedColumns = 2_000

type Props = { text: string; partner: string | null; tokens: LineTokens | null }

/** The words of a line: in colours where they are known, marked where they differ from the line that they replace. */
export function LineText({ text, partner, tokens }: Props) {
  const shown = cut(text, shownColumns)
  const comparable = partner !== null && text.length <= comparedColumns && partner.length <= comparedColumns
  const part = comparable ? changedPart(text, partner) : null
  return (
    <>
      {part === null ? (
        coloured(shown, 0, tokens)
      ) : (
        <>
          {coloured(shown.slice(0, part[0]), 0, tokens)}
          <mark className={css.changed}>{coloured(shown.slice(part[0], part[1]), part[0], tokens)}</mark>
          {coloured(shown.slice(part[1]), part[1], tokens)}
        </>
      )}
      {text.length > shown.length ? <Rest count={text.length - shown.length} /> : null}
    </>
  )
}

/** `from`: where the text stands in its line; tokens are places in the line. */
function coloured(text: string, from: number, tokens: LineTokens | null): ReactNode {
  if (tokens === null || text === '') return inert(text)
  const parts: ReactNode[] = []
  let at = from
  const end = from + text.length
  for (const { to, kind } of tokens) {
    if (to <= at) continue
    const part = text.slice(at - from, Math.min(to, end) - from)
    parts.push(
      kind === null ? (
        <span key={at}>{inert(part)}</span>
      ) : (
        <span key={at} className={css.token} data-token={kind}>
          {inert(part)}
        </span>
      ),
    )
    at = Math.min(to, end)
    if (at === end) break
  }
  if (at < end) parts.push(<span key={at}>{inert(text.slice(at - from))}</span>)
  return parts
}
