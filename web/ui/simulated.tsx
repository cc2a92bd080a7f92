import css from './simulated.module.css'

/** No real model made it: said wherever it is shown. */
export function Simulated() {
  return (
    <span className={css.simulated} title="Made by a simulated model, not by a real one">
      Simulated
    </span>
  )
}
