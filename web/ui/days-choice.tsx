import { type Days, dayChoices, daysWord } from '../lib/days.ts'
import css from './days-choice.module.css'

/** How far figures look back. */
export function DaysChoice({ days, onChoose }: { days: Days; onChoose(days: Days): void }) {
  return (
    <label className={css.choice}>
      <span className="sr-only">Figures of the</span>
      <select value={days} onChange={event => onChoose(Number(event.target.value) as Days)}>
        {dayChoices.map(one => (
          <option key={one} value={one}>
            {daysWord(one)}
          </option>
        ))}
      </select>
    </label>
  )
}
