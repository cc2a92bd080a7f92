/**
 * Whose words a conversation holds. Once a stranger's are among them, whatever it asks for next may be the stranger's wish:
 * what could carry something out then takes a person's yes. That is decided here, and not in a prompt.
 */
import { isApproved, yesOrNo } from '../../domain/approval.ts'
import type { Json } from '../../domain/json.ts'
import type { TaskContext } from '../../domain/ports.ts'
import type { ToolClass } from '../../domain/role.ts'
import type { Origin, Tool } from '../tools/tool.ts'

/** What may be done after strangers were heard only with an approval. */
const guarded: readonly ToolClass[] = ['network', 'secret', 'push']
const hour = 3_600_000

export type Taint = {
  /** Remembers that a text of this origin is in the conversation. */
  note(origin: Origin): void
  isTainted(): boolean
  /** Whether texts of this origin are marked as nobody's instruction. */
  isStrange(origin: Origin): boolean
}

/** `trustRepository`: whether what stands in the repository counts as the project's own word. */
export function createTaint({ trustRepository }: { trustRepository: boolean }): Taint {
  let tainted = false
  const isStrange = (origin: Origin) => origin === 'outside' || (origin === 'repository' && !trustRepository)
  return {
    note: origin => {
      tainted ||= isStrange(origin)
    },
    isTainted: () => tainted,
    isStrange,
  }
}

/** Why the call may not be made, for the model; null where it may. Asks a person where it takes one. */
export async function whyRefused(
  tool: Pick<Tool, 'name' | 'class'>,
  args: Json,
  { context, taint }: { context: TaskContext; taint: Taint },
): Promise<string | null> {
  if (!guarded.includes(tool.class) || !taint.isTainted()) return null
  const call = JSON.stringify(args)
  const answered = await context.ask({
    kind: 'tool',
    title: `May ${tool.name} be used after text from outside was read?`,
    body: `The conversation holds text that strangers wrote, which may be what led to this call:\n\n\`\`\`json\n${call.slice(0, 4_000).replaceAll('```', '`​``')}\n\`\`\``,
    fields: yesOrNo,
    timeoutMs: 24 * hour,
    onDeadline: 'deny',
    quorum: 1,
    facts: { tool: tool.name, class: tool.class, arguments: args },
    // The same call of the same task again is the same question.
    subject: `task ${context.taskIndex}: ${tool.name} ${call}`.slice(0, 2_000),
  })
  if (isApproved(answered)) return null
  const reason = typeof answered.answer.reason === 'string' ? answered.answer.reason : ''
  const who = answered.outcome === 'expired' ? 'nobody allowed it in time' : `${answered.by} did not allow it`
  return `This call was not made: after text from outside was read it takes a person's approval, and ${who}${reason === '' ? '' : ` (${reason})`}. Go on without it.`
}
