/** A first look at the repository, so that no agent spends its first turns on it. */
import { z } from 'zod'
import { OrreryError } from '../../domain/errors.ts'
import { cleanJson } from '../../domain/run/clean.ts'
import { parseJson } from '../sandboxed/parse-json.ts'
import { refuseCancelled } from '../tools/program.ts'
import type { ToolEnv } from '../tools/tool.ts'

const Survey = z.object({
  /** README, CONTRIBUTING, AGENTS.md, CLAUDE.md, as far as they are there and fit. */
  conventions: z.array(z.object({ file: z.string(), text: z.string(), whole: z.boolean() })),
  scripts: z.array(z.string()),
  tree: z.array(z.string()),
  /** Hash and subject of the commit; null where there is none. */
  head: z.string().nullable(),
})
export type Survey = z.infer<typeof Survey>

const nothing: Survey = { conventions: [], scripts: [], tree: ['(the tree could not be read)'], head: null }

export async function survey({ context, desk, toolbox }: ToolEnv): Promise<Survey> {
  const { outputHash } = await desk.look('survey', 'Look at the repository', async open => {
    const place = await open()
    const result = await place.exec({
      argv: ['node', '--no-warnings', toolbox.program('tool-survey.mjs')],
      limits: { wallMs: 60_000, outputBytes: 1024 * 1024 },
      signal: context.signal,
    })
    refuseCancelled(result)
    const seen = Survey.safeParse(parseJson(result.stdout))
    const kept = JSON.stringify(cleanJson(seen.success ? seen.data : nothing))
    const { hash } = await context.blobs.put(new TextEncoder().encode(kept))
    return { output: { read: seen.success }, outputHash: hash }
  })
  if (outputHash === null) throw new OrreryError('INTERNAL', 'the survey was recorded without its result')
  return Survey.parse(parseJson(await context.blobs.get(outputHash)))
}
