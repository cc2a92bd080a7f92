import type { ReactNode } from 'react'

/** A part of the page that scrolls by itself. It has a name and takes the focus, so that keys can scroll it too. */
export function Scroll({
  label,
  className,
  children,
}: {
  label: string
  className?: string | undefined
  children: ReactNode
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key.
    <section className={className} aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
