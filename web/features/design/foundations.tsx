/** What everything is made of: colours, type, space, motion. */
import { Part } from '../../ui/page.tsx'
import css from './design.module.css'

const grounds = ['canvas', 'surface', 'raised', 'sunken', 'hover', 'selected']
const lines = ['line', 'line-strong', 'focus', 'brass']
const inks = ['text', 'text-muted', 'text-faint', 'accent']
const solids = ['accent-solid', 'danger-solid']
const tones = ['idle', 'ready', 'active', 'wait', 'good', 'bad', 'blocked', 'paused'].map(name => `tone-${name}`)
const series = [1, 2, 3, 4, 5, 6].map(number => `series-${number}`)

export function Colours() {
  return (
    <Part title="Colour: paper by day, sky by night">
      <div>
        <p className={css.words}>
          Surfaces are warm by day and blue by night. Ink is what can be acted on; brass marks where one is and is never
          a text. A tone says what something is doing, and a shape says it again. Every ink on every ground keeps a
          contrast of 4.5 : 1, every line of 3 : 1; a test computes it.
        </p>
        <Swatches names={grounds} />
        <Swatches names={lines} />
        <Swatches names={[...inks, ...tones, ...series]} letters />
        <Swatches names={solids} />
      </div>
    </Part>
  )
}

function Swatches({ names, letters = false }: { names: readonly string[]; letters?: boolean }) {
  return (
    <ul className={css.swatches}>
      {names.map(name => (
        <li key={name}>
          {letters ? (
            <span className={css.letters} style={{ color: `var(--${name})` }}>
              Aa 123
            </span>
          ) : (
            <span className={css.swatch} style={{ background: `var(--${name})` }} />
          )}
          <code>--{name}</code>
        </li>
      ))}
    </ul>
  )
}

const sizes = [32, 24, 20, 16, 14, 13, 12, 11]

export function Type() {
  return (
    <Part title="Type: three voices">
      <div className={css.voices}>
        <p className={css.serif}>What people mean: titles, objectives, questions, what somebody said.</p>
        <p>What the page says: labels, explanations, figures, buttons.</p>
        <p>
          <code>What machines are called: paths, models, events, output.</code>
        </p>
        <ul className={css.sizes}>
          {sizes.map(size => (
            <li key={size}>
              <span style={{ fontSize: `var(--size-${size})` }} className={size > 14 ? css.serif : undefined}>
                Clockwork, wound forwards and backwards
              </span>
              <code>--size-{size}</code>
            </li>
          ))}
        </ul>
      </div>
    </Part>
  )
}

export function Space() {
  return (
    <Part title="Space, corners and motion">
      <div>
        <ul className={css.spaces}>
          {[1, 2, 3, 4, 5, 6, 7].map(step => (
            <li key={step}>
              <span style={{ inlineSize: `var(--space-${step})` }} />
              <code>--space-{step}</code>
            </li>
          ))}
        </ul>
        <ul className={css.corners}>
          {['radius-s', 'radius', 'radius-l'].map(name => (
            <li key={name}>
              <span style={{ borderRadius: `var(--${name})` }} />
              <code>--{name}</code>
            </li>
          ))}
        </ul>
        <p className={css.words}>
          Things that answer a hand take <code>--quick</code> (90 ms), things that change by themselves{' '}
          <code>--calm</code> (180 ms). Where motion is not wanted, by the system or in the settings, both are 0 and
          nothing turns.
        </p>
      </div>
    </Part>
  )
}
