/** The shape of what agents write for each other and for people. All of it is text of strangers. */
import type { ReactNode } from 'react'
import { inert } from '../../ui/inert.tsx'
import { Scroll } from '../../ui/scroll.tsx'
import work from './work.module.css'

/** The page of such a document: a summary, then its parts. */
export function Document({ summary, children }: { summary: string; children: ReactNode }) {
  return (
    <Scroll className={work.document} label="Document">
      <p className={work.summary}>{inert(summary)}</p>
      {children}
    </Scroll>
  )
}

/** Left out where it would be empty. */
export function Part({ title, of, children }: { title: string; of?: readonly unknown[]; children: ReactNode }) {
  if (of?.length === 0) return null
  return (
    <section className={work.part}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}

export function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <Part title={title} of={lines}>
      <ul className={work.lines}>
        {lines.map(line => (
          <li key={line}>{inert(line)}</li>
        ))}
      </ul>
    </Part>
  )
}

export const Files = ({ files }: { files: readonly string[] }) =>
  files.length === 0 ? null : (
    <p className={work.files}>
      {files.map(file => (
        <code key={file}>{inert(file)}</code>
      ))}
    </p>
  )
