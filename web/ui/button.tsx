import type { ComponentProps, ReactNode } from 'react'
import css from './button.module.css'
import { Icon, type IconName } from './icon.tsx'
import { Keys } from './keys.tsx'

export type ButtonLook = 'plain' | 'primary' | 'danger' | 'ghost'

type Props = Omit<ComponentProps<'button'>, 'className'> & {
  look?: ButtonLook
  icon?: IconName
  /** The key that does the same. */
  keys?: string
  /** Asked for and not yet confirmed: it looks so, and cannot be asked for twice. */
  pending?: boolean
  children?: ReactNode
}

export function Button({
  look = 'plain',
  icon,
  keys,
  pending = false,
  children,
  type = 'button',
  disabled,
  ...rest
}: Props) {
  return (
    <button
      {...rest}
      type={type}
      className={css.button}
      data-look={look}
      data-bare={children === undefined || undefined}
      aria-busy={pending}
      disabled={disabled || pending}
      aria-keyshortcuts={keys}
    >
      <ButtonFace icon={icon} keys={keys} pending={pending}>
        {children}
      </ButtonFace>
    </button>
  )
}

/** The inside of a button, for links that look like one. */
export function ButtonFace({
  icon,
  keys,
  pending = false,
  children,
}: {
  icon?: IconName | undefined
  keys?: string | undefined
  pending?: boolean
  children?: ReactNode
}) {
  return (
    <>
      {pending ? <span className={css.spinner} aria-hidden="true" /> : icon === undefined ? null : <Icon name={icon} />}
      {children === undefined ? null : <span className={css.words}>{children}</span>}
      {keys === undefined ? null : <Keys keys={keys} quiet />}
    </>
  )
}

export const buttonClass = css.button
