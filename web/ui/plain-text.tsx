import { useMemo, useState } from 'react'
import { formatCount } from '../lib/format.ts'
import { AnsiLine, ansiLines } from './ansi.tsx'
import { Button } from './button.tsx'
import css from './plain-text.module.css'
import { Scroll } from './scroll.tsx'

/** Lines that are drawn before somebody asks for more, and with each asking. */
const shownLines = 2_000

/** Text as it is: with the colours of a terminal, without anything else that a terminal obeys. */
export function PlainText({ text, label }: { text: string; label: string }) {
  const lines = useMemo(() => ansiLines(text), [text])
  const [shown, show] = useState(shownLines)
  return (
    <Scroll className={css.text} label={label}>
      <pre>
        {lines.slice(0, shown).map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name than their place.
          <span key={index} className={css.line}>
            <AnsiLine line={line} />
            {'\n'}
          </span>
        ))}
      </pre>
      {lines.length > shown ? (
        <Button onClick={() => show(shown + shownLines)}>
          Show more: {formatCount(lines.length - shown)} lines are left
        </Button>
      ) : null}
    </Scroll>
  )
}
