/** What kind of agent it is, as a shape and a colour: the same on every page. The name beside it says which one. */
import css from './agent-mark.module.css'

const families = {
  /** Says what is to be done. */
  plan: { word: 'Plans', path: 'M8 2 14 8 8 14 2 8z', series: 6 },
  /** Writes what was asked for. */
  make: { word: 'Writes', path: 'M8 1.8 13.4 4.9v6.2L8 14.2 2.6 11.1V4.9z', series: 1 },
  test: { word: 'Tests', path: 'M8 2.4 14.2 13.4H1.8z', series: 5 },
  /** Judges what others made. */
  review: {
    word: 'Reviews',
    path: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 5.4a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2z',
    series: 4,
  },
  mend: { word: 'Mends', path: 'M6 2h4v4h4v4h-4v4H6v-4H2V6h4z', series: 3 },
  /** Finds out. */
  look: { word: 'Looks', path: 'M8 1.5 9.8 6.2 14.5 8 9.8 9.8 8 14.5 6.2 9.8 1.5 8 6.2 6.2z', series: 2 },
  /** Moves things without a thought of its own. */
  carry: { word: 'Carries', path: 'M3 3h10v10H3z', series: 0 },
} as const
export type AgentFamily = keyof typeof families

const byName: readonly [pattern: RegExp, family: AgentFamily][] = [
  [/^(project-manager|architect|spec-writer|planner)/, 'plan'],
  [/^(reviewer|judge|validator)|consensus|cascade/, 'review'],
  [/^(test|tests)[.-]|^code\.tests/, 'test'],
  [/^(debugger|merge)|resolver|refactor/, 'mend'],
  [/^(code-generator|ui-designer)/, 'make'],
  [/^(researcher|env\.|analyzer\.|audit)/, 'look'],
]

/** By the name that a task uses, such as `code-generator` or `analyzer.lint`. Whoever is unknown carries. */
export const agentFamily = (name: string): AgentFamily => byName.find(([pattern]) => pattern.test(name))?.[1] ?? 'carry'

/** `label` speaks the family where no word stands beside it. */
export function AgentMark({ name, size = 14, label = false }: { name: string; size?: number; label?: boolean }) {
  const { word, path, series } = families[agentFamily(name)]
  const spoken = label ? { role: 'img', 'aria-label': word } : { 'aria-hidden': true }
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: it is named by its label, or hidden.
    <svg className={css.mark} data-series={series} width={size} height={size} viewBox="0 0 16 16" {...spoken}>
      <path d={path} fillRule="evenodd" />
    </svg>
  )
}
