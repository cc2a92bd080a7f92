/**
 * The colours of the page for what is drawn on a canvas, which knows no custom properties: as they are right now, in the
 * theme that is shown.
 */
import { useEffect, useState } from 'react'

const names = [
  'canvas',
  'surface',
  'raised',
  'sunken',
  'hover',
  'selected',
  'line',
  'line-strong',
  'text',
  'text-muted',
  'text-faint',
  'accent',
  'brass',
  'focus',
  'tone-idle',
  'tone-ready',
  'tone-active',
  'tone-wait',
  'tone-good',
  'tone-bad',
  'tone-blocked',
  'tone-paused',
  'series-1',
  'series-2',
  'series-3',
  'series-4',
  'series-5',
  'series-6',
] as const
export type Palette = Readonly<Record<(typeof names)[number], string>>

/** A new one whenever the theme changes; the first is there before anything is drawn. */
export function usePalette(): Palette {
  const [palette, setPalette] = useState(read)
  useEffect(() => {
    const renew = () => setPalette(read())
    const system = matchMedia('(prefers-color-scheme: dark)')
    const chosen = new MutationObserver(renew)
    system.addEventListener('change', renew)
    chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => {
      system.removeEventListener('change', renew)
      chosen.disconnect()
    }
  }, [])
  return palette
}

/** Only the colour of an element is computed; a custom property by itself stays the text that it was written as. */
function read(): Palette {
  const probe = document.createElement('span')
  document.body.append(probe)
  const colours = names.map(name => {
    probe.style.color = `var(--${name})`
    return [name, getComputedStyle(probe).color]
  })
  probe.remove()
  return Object.fromEntries(colours) as Palette
}
