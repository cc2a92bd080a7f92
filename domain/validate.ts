/** Whole validation: of a workflow as a graph, and of the variables that a run is started with. Every fault is listed. */
import { z } from 'zod'
import { OrreryError } from './errors.ts'
import type { Json } from './json.ts'
import { findCycle } from './run/plan.ts'
import { type Step, type Variable, Workflow } from './workflow.ts'

/** Throws OrreryError BAD_INPUT that names every fault. */
export function parseWorkflow(input: unknown): Workflow {
  const parsed = Workflow.safeParse(input)
  if (!parsed.success)
    throw invalid(
      'workflow',
      parsed.error.issues.map(issue => `${issue.path.join('.') || 'workflow'}: ${issue.message}`),
    )
  const faults = graphFaults(parsed.data.steps)
  if (faults.length > 0) throw invalid(`workflow ${parsed.data.name}`, faults)
  return parsed.data
}

function graphFaults(steps: readonly Step[]): string[] {
  const keys = steps.map(step => step.key)
  const faults = keys
    .filter((key, index) => keys.indexOf(key) !== index)
    .map(key => `steps.${key}: the key stands twice`)
  for (const step of steps) {
    for (const need of step.needs)
      if (!keys.includes(need)) faults.push(`steps.${step.key}.needs: there is no step ${need}`)
    if ((step.agent === undefined) === (step.workflow === undefined))
      faults.push(`steps.${step.key}: name an agent or a workflow, one of the two`)
    if (step.workflow !== undefined && step.forEach !== undefined)
      faults.push(`steps.${step.key}: a sub-workflow cannot be fanned out with forEach`)
    faults.push(...backFaults(steps, step))
    if (step.graph && step.forEach === undefined) faults.push(`steps.${step.key}: graph is for a step with forEach`)
    for (const key of referencedTasks(step)) {
      if (!keys.includes(key)) faults.push(`steps.${step.key}: refers to tasks.${key}, and there is no such step`)
      else if (!ancestors(steps, step.key).has(key))
        faults.push(`steps.${step.key}: refers to tasks.${key} without needing it, directly or through others`)
    }
  }
  if (faults.length > 0) return faults
  const cycle = findCycle(steps.map(step => step.needs.map(need => keys.indexOf(need))))
  return cycle === null ? [] : [`steps: a cycle of needs: ${cycle.map(index => keys[index]).join(' → ')}`]
}

/** Work can only be sent back to a step of its own run that came before. */
function backFaults(steps: readonly Step[], { key, back, forEach }: Step): string[] {
  if (back === undefined) return []
  const where = `steps.${key}.back`
  if (forEach !== undefined) return [`${where}: a fan-out sends nothing back; let the step after it do so`]
  const to = steps.find(step => step.key === back.to)
  if (to === undefined) return [`${where}.to: there is no step ${back.to}`]
  return ancestors(steps, key).has(back.to) ? [] : [`${where}.to: ${back.to} does not come before ${key}`]
}

/** Keys of the steps whose results a step reads. */
function referencedTasks(step: Step): Set<string> {
  const text = JSON.stringify([step.when ?? null, step.forEach ?? null, step.input])
  return new Set([...text.matchAll(/"tasks\.([a-z][a-z0-9-]*)/g)].map(match => match[1] ?? ''))
}

function ancestors(steps: readonly Step[], key: string): Set<string> {
  const found = new Set<string>()
  const visit = (at: string) => {
    for (const need of steps.find(step => step.key === at)?.needs ?? []) {
      if (found.has(need)) continue
      found.add(need)
      visit(need)
    }
  }
  visit(key)
  return found
}

/** The variables with their defaults filled in. Throws OrreryError BAD_INPUT that names every fault. */
export function parseVariables(workflow: Workflow, given: Json): Record<string, Json> {
  if (given === null || typeof given !== 'object' || Array.isArray(given)) {
    throw invalid(`variables of ${workflow.name}`, ['must be an object such as {"repo": "…"}'])
  }
  const values = given as { readonly [key: string]: Json }
  const faults: string[] = []
  const result: Record<string, Json> = {}
  const known = workflow.variables.map(variable => variable.name)
  for (const name of Object.keys(values))
    if (!known.includes(name))
      faults.push(`${name}: is not a variable of this workflow (${known.join(', ') || 'it has none'})`)
  for (const variable of workflow.variables) {
    const value = values[variable.name] ?? variable.default ?? null
    if (value === null) {
      if (variable.required) faults.push(`${variable.name}: is required (${variable.description})`)
      result[variable.name] = null
      continue
    }
    const parsed = variableSchema(variable).safeParse(value)
    if (parsed.success) result[variable.name] = parsed.data as Json
    else
      faults.push(...parsed.error.issues.map(issue => `${[variable.name, ...issue.path].join('.')}: ${issue.message}`))
  }
  if (faults.length > 0) throw invalid(`variables of ${workflow.name}`, faults)
  return result
}

function variableSchema(variable: Variable): z.ZodType {
  const number = z
    .number()
    .min(variable.minimum ?? -Number.MAX_VALUE)
    .max(variable.maximum ?? Number.MAX_VALUE)
  const text =
    variable.enum === undefined
      ? z
          .string()
          .refine(value => value.trim().length >= variable.minLength, {
            error: variable.minLength === 1 ? 'is empty' : `is shorter than ${variable.minLength} characters`,
          })
          .max(variable.maxLength, {
            error: ({ input }) => `is longer than ${variable.maxLength} characters (${String(input).length})`,
          })
          .regex(/^[^\0]*$/, 'holds a NUL character')
      : z.enum(variable.enum)
  switch (variable.type) {
    case 'string':
      return text
    case 'string[]':
      return z.array(text).max(1_000)
    case 'integer':
      return number.int()
    case 'number':
      return number
    case 'boolean':
      return z.boolean()
  }
}

function invalid(what: string, faults: string[]): OrreryError {
  const shown = faults.slice(0, 50)
  const rest = faults.length - shown.length
  return new OrreryError('BAD_INPUT', `${what}: ${shown.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`)
}
