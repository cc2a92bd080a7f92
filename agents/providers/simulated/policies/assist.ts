/** What a simulated model says to a person rather than to a task: it repeats what the tools show, and matches words. */
import type { Json } from '../../../../domain/json.ts'
import type { Conversation } from '../conversation.ts'
import { ask, type Policy } from '../policy.ts'

const label = 'I am a simulated model: I repeat what the tools show, and understand nothing of it.'

/** A run by its id, or the newest one. */
const runNamed = (text: string): string | null => /\brun_[0-9a-f]{32}\b/.exec(text)?.[0] ?? null
const control = /\b(cancel|pause|resume)\b/i

/** Looks at the runs, at one of them where it is named, and proposes what is asked for in so many words. */
export function* converse({ question }: Conversation): Policy {
  const runs = yield* ask('I look at the runs of the project.', 'list_runs', {})
  const named = runNamed(question)
  const shown = named === null ? runs : yield* ask('I look at that run.', 'show_run', { runId: named })
  const verb = control.exec(question)?.[1]?.toLowerCase()
  const runId = named ?? runNamed(runs.text)
  if (verb !== undefined && runId !== null) {
    const proposed = yield* ask(`I propose to ${verb} it.`, `propose_${verb}_run`, { runId, reason: '' })
    return { say: `${label}\n\n${proposed.text}\n\n${shown.text}`, submit: null }
  }
  return { say: `${label}\n\n${shown.text}`, submit: null }
}

/** The workflow whose description shares most words with the request. */
export function propose({ system, task }: Conversation): { readonly [key: string]: Json } {
  const asked = new Set(wordsOf(task))
  const workflows = [...system.matchAll(/^- ([a-z][a-z0-9-]*): (.*)$/gm)].map(([, name = '', description = '']) => ({
    name,
    shared: [...new Set(wordsOf(`${name} ${description}`))].filter(word => asked.has(word)),
  }))
  const best = workflows.toSorted((left, right) => right.shared.length - left.shared.length)[0]
  if (best === undefined) return {}
  return {
    workflow: best.name,
    title: '',
    variables: [],
    questions: [],
    reason: `${label} Words in common: ${best.shared.join(', ') || 'none'}.`,
    confidence: best.shared.length === 0 ? 0.1 : 0.3,
  }
}

/** Short words join everything with everything. */
const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word.length > 2)
    .map(word => word.replace(/s$/, ''))
