/** An answer of the assistant and the events that it rests on, as lines. Pure. */
import { showMicros } from '../../domain/money.ts'
import { cleanText } from '../../domain/run/clean.ts'
import { oneLine } from '../format.ts'
import type { ShownMessageFragment } from '../gql/graphql.ts'
import type { Style } from '../style.ts'

/** The long marks of events become numbers, told below; a mark of nothing that is there stays as it is. */
export function renderMessage(message: ShownMessageFragment, style: Style): string[] {
  const { text, links, model, simulated, cost } = message
  const told = links.reduce(
    (so, { runId, seq }, index) => so.replaceAll(`[${runId}#${seq}]`, `[${index + 1}]`),
    cleanText(text).trim(),
  )
  return [
    ...(told === '' ? [] : told.split('\n')),
    ...links.map(({ runId, seq, type, title }, index) =>
      style.dim(`  [${index + 1}] ${type}, event ${seq} of ${oneLine(title)}  ${runId}`),
    ),
    ...(model === null ? [] : [style.dim(`  ${model}, ${showMicros(Number(cost))}${simulated ? ', simulated' : ''}`)]),
  ]
}
