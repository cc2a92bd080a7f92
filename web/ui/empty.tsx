import type { ReactNode } from 'react'
import css from './empty.module.css'
import { Icon, type IconName } from './icon.tsx'

type Props = {
  icon: IconName
  title: string
  children?: ReactNode
  action?: ReactNode
  /** It is all that the page says: its title is the title of the page. */
  page?: boolean
}

/** Where there is nothing: what would stand here, and how it comes to be. */
export function Empty({ icon, title, children, action, page = false }: Props) {
  const Title = page ? 'h1' : 'h2'
  return (
    <div className={css.empty}>
      <span className={css.icon}>
        <Icon name={icon} size={20} />
      </span>
      <Title className={css.title}>{title}</Title>
      {children === undefined ? null : <div className={css.text}>{children}</div>}
      {action === undefined ? null : <div className={css.action}>{action}</div>}
    </div>
  )
}

/** Grey bars in the measures of what is coming, so that nothing jumps when it comes. They show only after a moment. */
export function Bars({ rows, height, label = 'Loading' }: { rows: number; height: number; label?: string }) {
  return (
    <div className={css.bars} role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike.
        <div key={index} className={css.bar} style={{ height }}>
          <span style={{ width: `${[38, 52, 30, 46, 41][index % 5]}%` }} />
          <span style={{ width: '12%' }} />
        </div>
      ))}
    </div>
  )
}
