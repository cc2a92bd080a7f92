/** What examiners say of a repository: faults at places, and what they could not look at. */
import { z } from 'zod'

export const severities = ['error', 'warning', 'info'] as const
export type Severity = (typeof severities)[number]

/** A path inside the repository, with `/`, never absolute, never leading out of it. */
export const repositoryPath = z
  .string()
  .max(4_096)
  .refine(
    path => !path.startsWith('/') && !path.split('/').includes('..') && !path.includes('\0'),
    'leads out of the repository',
  )

/** One fault at one place. `line` and `column` count from 1; null where a finding is about a whole file or the repository. */
export const Finding = z.object({
  rule: z.string().max(200),
  message: z.string().max(2_000),
  severity: z.enum(severities),
  file: repositoryPath.nullable(),
  line: z.number().int().positive().nullable(),
  column: z.number().int().positive().nullable(),
  endLine: z.number().int().positive().nullable(),
  /** Other places that belong to it: the other half of a duplicate, the files of a cycle. */
  related: z.array(z.object({ file: repositoryPath, line: z.number().int().positive().nullable() })).max(50),
})
export type Finding = z.infer<typeof Finding>

/** Something that could have been examined and was not, and why. */
export const NotChecked = z.object({
  what: z.string().max(300),
  why: z.string().max(1_000),
  mend: z.string().max(1_000),
})
export type NotChecked = z.infer<typeof NotChecked>
