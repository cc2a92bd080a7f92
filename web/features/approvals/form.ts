/** What was filled into the form of a question, as its answer. */
import type { AnswerField } from '../../../domain/approval.ts'

/** As typed; `true` or `false` for what is ticked. */
export type Filled = Readonly<Record<string, string>>
export type Read = { answer: Record<string, string | number | boolean>; faults: Record<string, string> }

/** Amounts are asked for in micro-dollars, and people think in dollars. */
export const isMoney = ({ name, type }: AnswerField): boolean => type === 'integer' && name.endsWith('Micros')
export const labelOf = (field: AnswerField): string =>
  isMoney(field) ? field.label.replace('micro-dollars', 'dollars') : field.label

/** Yes or no, and at most a reason: two buttons say it. */
export const isYesOrNo = (fields: readonly AnswerField[]): boolean =>
  fields.some(({ name, type }) => name === 'approve' && type === 'boolean') &&
  fields.every(({ name, required }) => name === 'approve' || !required)

export function readForm(fields: readonly AnswerField[], filled: Filled): Read {
  const read: Read = { answer: {}, faults: {} }
  for (const field of fields) {
    const text = (filled[field.name] ?? '').trim()
    if (text === '') {
      if (field.required) read.faults[field.name] = 'is required'
      // Whoever raises a budget says to what.
      else if (isMoney(field) && filled.choice === 'raise') read.faults[field.name] = 'is required'
      continue
    }
    const value = meantBy(field, text)
    if (typeof value === 'object') read.faults[field.name] = value.fault
    else read.answer[field.name] = value
  }
  return read
}

function meantBy(field: AnswerField, text: string): string | number | boolean | { fault: string } {
  if (field.type === 'boolean') return text === 'true'
  if (field.type !== 'integer') return text
  const scale = isMoney(field) ? 1_000_000 : 1
  const number = Math.round(Number(text.replace(/^\$/, '')) * scale)
  if (!Number.isFinite(number) || (scale === 1 && !/^-?\d+$/.test(text))) return { fault: 'is not a number' }
  const { minimum, maximum } = field
  if (minimum !== undefined && number < minimum) return { fault: `must be at least ${minimum / scale}` }
  if (maximum !== undefined && number > maximum) return { fault: `must be at most ${maximum / scale}` }
  return number
}
