/** What a model says while it says it, as text for whoever watches the task. Bounded by the live output; no event. */
import type { ModelDelta } from '../domain/model.ts'

export type TokenLane = {
  begin(purpose: string, model: string): { write(delta: ModelDelta): void; end(): void }
}

export function createTokenLane(output: (text: string) => void): TokenLane {
  return {
    begin(purpose, model) {
      output(`\n── ${purpose} · ${model} ──\n`)
      // Each part stands under its mark on a line of its own; a reply that begins with text needs none.
      let current = 'says'
      let begun = false
      const under = (mark: string, text: string) => {
        if (mark !== current) output(`${begun ? '\n' : ''}[${mark}] `)
        current = mark
        begun = true
        output(text)
      }
      return {
        write(delta) {
          if (delta.type === 'tool-call') under(`${delta.name} ${delta.id.slice(-6)}`, delta.json)
          else under(delta.type === 'thinking' ? 'thinks' : 'says', delta.text)
        },
        end: () => output('\n'),
      }
    },
  }
}
