import { Icon } from './icon.tsx'
import css from './outline.module.css'

type Props = {
  open: boolean
  /** What it opens. */
  label: string
  onToggle(): void
}

/** Opens and closes what stands below a row. */
export function OutlineToggle({ open, label, onToggle }: Props) {
  return (
    <button type="button" className={css.toggle} aria-expanded={open} aria-label={label} onClick={onToggle}>
      <Icon name="chevron" size={12} />
    </button>
  )
}

/** Keeps its place in a row that has nothing below it. */
export const NoToggle = () => <span className={css.noToggle} />
