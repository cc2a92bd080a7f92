import { useApp } from '../lib/app-context.ts'
import { useSignal } from '../lib/hooks.ts'
import { Button } from '../ui/button.tsx'
import css from './notice-list.module.css'

export function NoticeList() {
  const { notices } = useApp()
  const shown = useSignal(notices)
  return (
    <ul className={css.list} aria-live="polite">
      {shown.map(notice => (
        <li key={notice.id} className={css.notice} data-tone={notice.tone}>
          <p>{notice.text}</p>
          <Button look="ghost" icon="close" aria-label="Dismiss" onClick={() => notices.dismiss(notice.id)} />
        </li>
      ))}
    </ul>
  )
}
