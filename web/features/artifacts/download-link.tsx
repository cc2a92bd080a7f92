import { type ReactNode, useRef } from 'react'
import { useShortcuts } from '../../lib/hooks.ts'
import { ButtonFace, buttonClass } from '../../ui/button.tsx'

type Props = {
  /** Where the bytes are. */
  href: string
  keys: string
  /** What its key is said to do. */
  title: string
  look?: 'plain' | 'ghost'
  children: ReactNode
}

/** Bytes that the browser keeps as a file, by a click or by a key. */
export function DownloadLink({ href, keys, title, look = 'plain', children }: Props) {
  const link = useRef<HTMLAnchorElement>(null)
  useShortcuts([{ keys, title, group: 'Artifact', run: () => link.current?.click() }])
  return (
    <a ref={link} href={href} download className={buttonClass} data-look={look} aria-keyshortcuts={keys}>
      <ButtonFace icon="download" keys={keys}>
        {children}
      </ButtonFace>
    </a>
  )
}
