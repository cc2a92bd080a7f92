import { useQuery } from 'urql'
import { formatExact } from '../../lib/format.ts'
import { Bars, Empty } from '../../ui/empty.tsx'
import { controlClass } from '../../ui/field.tsx'
import { visibleText } from '../../ui/inert.tsx'
import css from './compare.module.css'
import { ComparableRunsDocument } from './documents.ts'

type Props = { left: string | undefined; right: string | undefined; onPick(side: 'left' | 'right', id: string): void }

/** Which two runs stand beside each other, out of the newest ones; an address may name any. */
export function RunPicker({ left, right, onPick }: Props) {
  const [{ data, fetching, error }] = useQuery({ query: ComparableRunsDocument })
  const runs = data?.runs.nodes ?? []
  if (data === undefined && fetching) return <Bars rows={2} height={40} />
  if (error !== undefined && data === undefined)
    return (
      <Empty icon="warning" title="The runs could not be read">
        The connection comes back by itself; then this is asked once more.
      </Empty>
    )
  return (
    <div className={css.picker}>
      {(['left', 'right'] as const).map(side => {
        const chosen = side === 'left' ? left : right
        return (
          <label key={side}>
            <span>{side === 'left' ? 'Left' : 'Right'}</span>
            <select
              className={controlClass}
              value={chosen ?? ''}
              onChange={event => event.target.value !== '' && onPick(side, event.target.value)}
            >
              <option value="">Choose a run</option>
              {chosen === undefined || runs.some(({ id }) => id === chosen) ? null : (
                <option value={chosen}>{chosen}</option>
              )}
              {runs.map(({ id, title, startedAt, forkedFrom }) => (
                <option key={id} value={id}>
                  {visibleText(title).slice(0, 80)}
                  {forkedFrom === null ? '' : ' (fork)'}, {formatExact(Date.parse(startedAt))}
                </option>
              ))}
            </select>
          </label>
        )
      })}
    </div>
  )
}
