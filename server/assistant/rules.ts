/** What a sentence probably asks for, where no model can be asked: words, counted. It says of itself that it is no more. */
import type { Workflow } from '../../domain/workflow.ts'

/** Words that speak for a workflow, most telling first. Workflows that are not named here are found by their own words. */
const telling: Readonly<Record<string, RegExp>> = {
  'repository-audit': /\b(audit|analy[sz]e|health|inspect|scan|assess|quality)\w*/gi,
  'fix-bug': /\b(fix|bug|fault|broken|crash|fail|wrong|regression|error)\w*/gi,
  'write-tests': /\b(tests?|coverage|untested|unit tests?)\b/gi,
  'review-change': /\b(review|pull request|diff|look over)\w*/gi,
  refactor: /\b(refactor|clean up|simplify|rename|restructure|tidy|format)\w*/gi,
  research: /\b(research|compare|find out|which library|what is|how do)\w*/gi,
  'build-feature': /\b(add|build|implement|feature|support|create|extend)\w*/gi,
  'new-web-app': /\b(web ?app|web ?site|frontend|single.page)\w*/gi,
  'new-api-service': /\b(api|rest|graphql|service|backend)\b/gi,
  'new-data-pipeline': /\b(pipeline|etl|ingest|csv|data)\b/gi,
}

export type Guess = { workflow: Workflow; confidence: number; reason: string }

/** Null where there is no workflow at all. */
export function guess(text: string, workflows: readonly Workflow[]): Guess | null {
  const scored = workflows
    .map(workflow => ({ workflow, words: wordsFor(text, workflow) }))
    .sort((left, right) => right.words.length - left.words.length)
  const best = scored[0]
  if (best === undefined) return null
  const { workflow, words } = best
  const noModel = 'No model was asked; this is a guess by keywords'
  if (words.length === 0) return { ...fallback(workflows, workflow), confidence: 0.1 }
  const isClear = words.length > (scored[1]?.words.length ?? 0)
  return {
    workflow,
    confidence: isClear ? 0.5 : 0.3,
    reason: `${noModel}: ${words.map(word => `“${word}”`).join(', ')} ${words.length === 1 ? 'speaks' : 'speak'} for ${workflow.name}.`,
  }
}

/** A look at the repository harms nobody. */
function fallback(workflows: readonly Workflow[], first: Workflow): Omit<Guess, 'confidence'> {
  const workflow = workflows.find(({ name }) => name === 'repository-audit') ?? first
  return {
    workflow,
    reason: `No model was asked, and no keyword speaks for any workflow: ${workflow.name} is proposed because it changes nothing, or because there is no other.`,
  }
}

function wordsFor(text: string, { name, title }: Workflow): string[] {
  const pattern =
    telling[name] ?? new RegExp(`\\b(${[name, ...title.split(/\W+/)].map(escaped).filter(Boolean).join('|')})\\b`, 'gi')
  return [...new Set([...text.matchAll(pattern)].map(([word]) => word.toLowerCase()))].slice(0, 8)
}

const escaped = (word: string): string => (word.length < 3 ? '' : word.replace(/[^\w-]/g, ''))
