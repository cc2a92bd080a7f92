/** Claims of research rest on words that stand in a text that was really fetched. Whoever quotes from memory is told so. */

import { ResearchNote } from '../../domain/evidence.ts'
import type { Json } from '../../domain/json.ts'
import type { Submission } from '../tools/submit.ts'
import type { ToolEnv } from '../tools/tool.ts'

export type CheckedClaims = { ok: true; submission: Submission } | { ok: false; objection: string }

/** Each claim with the hash of the text that holds its quote; or which quotes stand in none. */
export async function checkClaims(submission: Submission, env: ToolEnv): Promise<CheckedClaims> {
  const note = ResearchNote.parse(submission.body)
  const outside = [...env.handles].filter(([, origin]) => origin === 'outside').map(([hash]) => hash)
  const texts = await Promise.all(
    outside.map(async hash => ({ hash, text: plain(new TextDecoder().decode(await env.context.blobs.get(hash))) })),
  )
  const faults: string[] = []
  const claims = note.claims.map((claim, index) => {
    const holds = texts.filter(({ text }) => text.includes(plain(claim.quote)))
    const source = holds.find(({ hash }) => hash === claim.hash) ?? holds[0]
    if (source === undefined) faults.push(`claims[${index}].quote: "${claim.quote.slice(0, 120)}"`)
    return { ...claim, hash: source?.hash ?? null }
  })
  if (faults.length === 0) return { ok: true, submission: { ...submission, body: { ...note, claims } as Json } }
  const objection = `These quotes stand in no text that you fetched in this task. Copy them word for word from a fetched page, or leave the claim out:\n- ${faults.join('\n- ')}`
  return { ok: false, objection }
}

/** Line breaks and typographic quotes are no difference. */
const plain = (text: string): string =>
  text
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201C\u201D]/g, '"')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
