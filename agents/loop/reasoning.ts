/** Thinking that can be inspected: a plan before the work, and a check of the work against it. */
import { z } from 'zod'
import type { ArtifactDraft } from '../../domain/artifact.ts'
import type { Reasoning } from '../../domain/evidence.ts'
import { type ModelMessage, type ModelReply, textOf } from '../../domain/model.ts'
import type { ModelAsk } from '../../domain/ports.ts'
import { cleanJson, cleanText } from '../../domain/run/clean.ts'
import { jsonSchemaOf } from '../tools/tool.ts'
import { text } from './conversation.ts'
import { type LoopOptions, requestOf } from './loop.ts'
import { selfConsistency } from './self-consistency.ts'

const planTokens = 800
const checkTokens = 1_500
const longestLine = 500

const planRequest =
  'Before you begin: write a plan for this task, at most eight lines, each beginning with "- ". Name what you will look at first, what you expect to change, and in the last line how you will see that it is done. No tools yet.'

/** Asks for a plan and puts it into the conversation. Answers its lines. */
export async function plan(options: LoopOptions): Promise<string[]> {
  const { conversation, env, needs } = options
  conversation.say([text(planRequest)])
  const request = {
    ...requestOf(options, conversation.messages()),
    toolChoice: 'none' as const,
    maxOutputTokens: planTokens,
  }
  const { reply } = await env.context.model({ purpose: 'plan', request, needs })
  const said = textOf(reply.content).trim()
  conversation.reply([text(said)])
  conversation.say([text('Go on with the first step.')])
  return linesOf(said)
}

const linesOf = (said: string): string[] =>
  cleanText(said)
    .split('\n')
    .map(line =>
      line
        .replace(/^\s*(?:[-*•]|\d+[.)])\s*/, '')
        .trim()
        .slice(0, longestLine),
    )
    .filter(line => line !== '')
    .slice(0, 20)

const Checks = z.object({
  checks: z
    .array(
      z.object({
        what: z.string().min(1).describe('A line of the plan, or something that the task asks for.'),
        outcome: z.enum(['met', 'not-met', 'unknown']),
        evidence: z
          .string()
          .describe('What you saw: a command and what it said, a file and a line. Empty for nothing.'),
      }),
    )
    .max(30),
})
export type Check = Reasoning['checks'][number]

const checkRequest = (
  lines: readonly string[],
) => `Before this is accepted: check your work against your plan and the task.
${lines.map(line => `- ${line}`).join('\n')}
For each point: "met" only if a result above shows it, "not-met" if one shows the opposite, "unknown" if nothing does. Look at the newest test results above all. Answer with nothing but JSON: {"checks": [{"what", "outcome", "evidence"}]}`

/** `samples` are the checks that came, `dissent` what the minority of them found. */
export type Checked = Pick<Reasoning, 'checks' | 'samples' | 'dissent'>

/**
 * What the model finds when it looks at its own work; one check that says so where its answer cannot be read. Where the step
 * asks for several samples, what most of them come to counts.
 */
export async function check(
  options: LoopOptions,
  lines: readonly string[],
  messages: readonly ModelMessage[],
): Promise<Checked> {
  const last = messages.at(-1)
  const asking = text(checkRequest(lines))
  const asked: ModelMessage[] =
    last?.role === 'user'
      ? [...messages.slice(0, -1), { role: 'user', content: [...last.content, asking] }]
      : [...messages, { role: 'user', content: [asking] }]
  const request = {
    ...requestOf(options, asked),
    toolChoice: 'none' as const,
    maxOutputTokens: checkTokens,
    outputSchema: jsonSchemaOf(Checks),
  }
  const ask: ModelAsk = { purpose: 'check', request, needs: options.needs }
  const { context } = options.env
  if (options.samples === 1) return { checks: checksIn((await context.model(ask)).reply), samples: 0, dissent: [] }
  const objects = (reply: ModelReply) => objectionOf(checksIn(reply)) !== null
  const drawn = await selfConsistency(context, ask, options.samples, (left, right) => objects(left) === objects(right))
  return {
    checks: checksIn(drawn.chosen.reply),
    samples: drawn.samples,
    dissent: drawn.dissent.map(({ reply }) => objectionOf(checksIn(reply)) ?? 'Everything was found met.'),
  }
}

function checksIn(reply: ModelReply): Check[] {
  const parsed = Checks.safeParse(jsonIn(textOf(reply.content)))
  if (!parsed.success) return [{ what: 'The check', outcome: 'unknown', evidence: 'Its answer could not be read.' }]
  return cleanJson(parsed.data.checks).map(({ what, outcome, evidence }) => ({
    what: what.trim().slice(0, longestLine) || 'A point without a name',
    outcome,
    evidence: evidence.slice(0, 4_000),
  }))
}

/** What a check sends back; null where nothing speaks against the work. */
export function objectionOf(checks: readonly Check[]): string | null {
  const missing = checks.filter(({ outcome }) => outcome === 'not-met')
  if (missing.length === 0) return null
  const told = missing.map(({ what, evidence }) => `- ${what}${evidence === '' ? '' : `: ${evidence}`}`).join('\n')
  return `Your own check found this not met:\n${told}\nMend it and submit again; what cannot be mended, say so in your result.`
}

/** JSON in a reply, with or without a fence or words around it; undefined where there is none. */
function jsonIn(said: string): unknown {
  const start = said.indexOf('{')
  const end = said.lastIndexOf('}')
  if (start === -1 || end < start) return undefined
  try {
    return JSON.parse(said.slice(start, end + 1))
  } catch {
    return undefined
  }
}

export function reasoningArtifact(reasoning: Reasoning, title: string): ArtifactDraft {
  const label = reasoning.simulated ? ' (simulated)' : ''
  return {
    kind: 'Reasoning',
    title: `${title}: plan and check${label}`,
    mediaType: 'application/json',
    body: JSON.stringify(reasoning),
  }
}
