/** The input of a role's step. */
import { z } from 'zod'
import { OrreryError } from '../../domain/errors.ts'
import type { Json } from '../../domain/json.ts'
import { cleanText } from '../../domain/run/clean.ts'
import { CodeLine, CodeSource } from '../code/trunk.ts'
import { faultsOf } from '../tools/faults.ts'

const longestObjective = 32_000

const RoleInput = z.object({
  objective: z
    .string()
    .transform(said => cleanText(said).trim())
    .pipe(
      z
        .string()
        .min(1, 'is empty: say what is to be done')
        .max(
          longestObjective,
          `is longer than ${longestObjective} characters: put the details into a file of the repository and name it`,
        ),
    ),
  source: CodeSource.nullish().transform(source => source ?? undefined),
  /** Where its workspace begins; at the run's trunk unless told. */
  begin: CodeLine.nullish().transform(begin => begin ?? undefined),
  notes: z.json().optional(),
  /** Ids of models that should not do this where there are others: those that made what is reviewed. */
  avoid: z
    .array(z.string().max(200))
    .max(50)
    .nullish()
    .transform(avoid => avoid ?? []),
  /** How often the agent checks its own work: the majority of its checks counts, and the dissent is kept. */
  samples: z.number().int().min(1).max(7).default(1),
})
export type RoleInput = z.output<typeof RoleInput>

/** Throws OrreryError BAD_INPUT that names every fault. */
export function parseRoleInput(input: Json): RoleInput {
  const parsed = RoleInput.safeParse(input)
  if (parsed.success) return parsed.data
  throw new OrreryError('BAD_INPUT', `the input does not fit: ${faultsOf(parsed.error).join('; ')}`, {
    hint: 'A step of a role takes {"objective": "…", "source"?: the output of a checkout or of code.prepare, "notes"?: anything}.',
  })
}
