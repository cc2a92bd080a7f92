/** What the doctor saw inside. Parsed before it is believed: most of it was written by whoever wrote the repository. */
import { z } from 'zod'
import { repositoryPath } from '../../domain/artifact.ts'
import { cleanText } from '../../domain/run/clean.ts'

const Path = repositoryPath.refine(path => cleanText(path) === path)
const tolerant = <T extends z.ZodType>(item: T) =>
  z.array(z.unknown()).transform(items =>
    items.flatMap(candidate => {
      const parsed = item.safeParse(candidate)
      return parsed.success ? [parsed.data] : []
    }),
  )

export const Facts = z.object({
  /** Versions of the programs that the languages of the tree ask for; null where a program is not there. */
  versions: z.record(z.string(), z.string().max(100).nullable()),
  manifests: tolerant(z.object({ file: Path, text: z.string() })),
  lockFiles: tolerant(Path),
  /** Number of files by language of code. */
  languages: z.record(z.string(), z.number().int()),
  textFiles: z.number().int(),
  /** `node:test`, `pytest`, `unittest`, `go test`, `ts-check`: what files say by what they import. `text`: something that can be read. */
  evidence: z.array(z.string()),
  /** Python modules that can be imported. */
  python: z.array(z.string()),
  /** Packages of the manifest at the top that are not installed. */
  missing: z.array(z.string().max(300).transform(cleanText)),
})
export type Facts = z.infer<typeof Facts>
