/** Values that somebody wrote as text, as the variables of a workflow want them. */
import { OrreryError } from '../../domain/errors.ts'
import type { Json } from '../../domain/json.ts'
import { cleanJson } from '../../domain/run/clean.ts'
import { parseVariables } from '../../domain/validate.ts'
import type { Variable, Workflow } from '../../domain/workflow.ts'

export type Understood = {
  variables: Record<string, Json>
  questions: { variable: string; question: string }[]
}

/**
 * Of what was given, what fits the workflow; what is missing or does not fit becomes a question. `known` holds what the
 * project or the request says by itself, for variables that nobody gave.
 */
export function understood(
  workflow: Workflow,
  given: Readonly<Record<string, Json>>,
  known: Readonly<Record<string, Json>>,
): Understood {
  const variables: Record<string, Json> = {}
  const questions: Understood['questions'] = []
  for (const variable of workflow.variables) {
    const said = typed(variable, given[variable.name] ?? null) ?? known[variable.name] ?? null
    const fault = said === null ? null : faultOf(workflow, variable, said)
    if (said !== null && fault === null) variables[variable.name] = cleanJson(said)
    else if (variable.required || fault !== null)
      questions.push({
        variable: variable.name,
        question: fault === null ? variable.description : `${variable.description} (${fault})`,
      })
  }
  return { variables, questions }
}

function typed({ type }: Variable, said: Json): Json {
  if (typeof said !== 'string') return said
  const text = said.trim()
  if (text === '') return null
  if (type === 'string') return said
  if (type === 'string[]' && !text.startsWith('[')) return [text]
  try {
    return JSON.parse(text) as Json
  } catch {
    return said
  }
}

/** What is wrong with one value; null where nothing is. */
function faultOf(workflow: Workflow, variable: Variable, value: Json): string | null {
  try {
    parseVariables({ ...workflow, variables: [variable] }, { [variable.name]: value })
    return null
  } catch (error) {
    if (!(error instanceof OrreryError)) throw error
    return error.message.replace(/^variables of [^:]*: /, '')
  }
}
