import { formatCount } from '../../lib/format.ts'
import { useShortcuts } from '../../lib/hooks.ts'
import { Button } from '../../ui/button.tsx'
import type { Scene } from './paint.ts'
import css from './timeline.module.css'
import { moved, type View, zoomed } from './window.ts'

type Props = {
  scene: Scene
  fold: boolean
  onFold(): void
  onView(view: View): void
  /** Opens or closes the calls of the selected task; null where none is selected. */
  onCalls: (() => void) | null
}

/** What one may do with the timeline, by hand and by key, and what its colours say. */
export function Tools({ scene: { view, axis, spans }, fold, onFold, onView, onCalls }: Props) {
  const actions = {
    nearer: () => onView(zoomed(view, 0.5, 0.5)),
    farther: () => onView(zoomed(view, 2, 0.5)),
    whole: () => onView({ from: 0, to: axis.length }),
  }
  const width = view.to - view.from
  useShortcuts([
    { keys: '+', title: 'Come nearer', group: 'Timeline', run: actions.nearer },
    { keys: '-', title: 'Go farther', group: 'Timeline', run: actions.farther },
    { keys: '0', title: 'Show the whole time', group: 'Timeline', run: actions.whole },
    { keys: 'ArrowLeft', title: 'Earlier', group: 'Timeline', run: () => onView(moved(view, -0.25)) },
    { keys: 'ArrowRight', title: 'Later', group: 'Timeline', run: () => onView(moved(view, 0.25)) },
    {
      keys: 'Home',
      title: 'To the beginning of the time',
      group: 'Timeline',
      run: () => onView({ from: 0, to: width }),
    },
    {
      keys: 'End',
      title: 'To the end of the time',
      group: 'Timeline',
      run: () => onView({ from: axis.length - width, to: axis.length }),
    },
    { keys: 'i', title: 'Fold the time in which nothing was at work', group: 'Timeline', run: onFold },
    { keys: 'e', title: 'Show the calls of the selected task', group: 'Timeline', run: () => onCalls?.() },
  ])
  return (
    <div className={css.tools}>
      <div className={css.buttons} role="toolbar" aria-label="Part of the time">
        <Button icon="minus" aria-label="Go farther" aria-keyshortcuts="-" onClick={actions.farther} />
        <Button icon="fit" aria-label="Show the whole time" aria-keyshortcuts="0" onClick={actions.whole} />
        <Button icon="plus" aria-label="Come nearer" aria-keyshortcuts="+" onClick={actions.nearer} />
        <Button aria-pressed={fold} {...(fold ? { icon: 'check' as const } : {})} keys="i" onClick={onFold}>
          Fold idle time
        </Button>
      </div>
      <ul className={css.legend}>
        <li data-kind="queued">queued</li>
        <li data-kind="work">at work</li>
        <li data-kind="wait">waiting</li>
        <li data-kind="model">model call</li>
        <li data-kind="tool">tool call</li>
        <li className={css.spanCount}>{formatCount(spans.count)} spans</li>
      </ul>
    </div>
  )
}
