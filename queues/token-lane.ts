/** What a model says while it says it, as text for whoever watches the task. Bounded by the live output; no event. */
import type { ModelDelta } from '../domain/model.ts'

export type TokenLane = {
  begin(purpose: string, model: string): { write(delta: ModelDelta): void; end(): void }
}

export function createTokenLane(output: (text: string) => void): TokenLane {
  return {
    begin(purpose, model) {
      let current = ''
      output(`\n── ${purpose} · ${model} ──\n`)
      const under = (heading: string, text: string) => {
        if (heading !== current && heading !== '') output(`${current === '' ? '' : '\n'}[${heading}] `)
        else if (heading !== current) output('\n')
        current = heading
        output(text)
      }
      return {
        write(delta) {
          if (delta.type === 'tool-call') under(`${delta.name} ${delta.id.slice(-6)}`, delta.json)
          else under(delta.type === 'thinking' ? 'thinks' : '', delta.text)
        },
        end: () => output('\n'),
      }
    },
  }
}
