/** What other programs may check their files against: JSON Schema of workflows and of every kind of artifact. */
import { z } from 'zod'
import { artifactKindNames, artifactKinds } from './artifact.ts'
import { Workflow } from './workflow.ts'

/** By the name that each is published under, without `.json`. What a schema cannot say is checked when a file is read. */
export function publishedSchemas(): Record<string, object> {
  const kinds = artifactKindNames.flatMap(kind => {
    const schema = artifactKinds[kind]
    return schema === null ? [] : [[kind, jsonSchema(schema, kind)] as const]
  })
  return { Workflow: jsonSchema(Workflow, 'Workflow'), ...Object.fromEntries(kinds) }
}

const jsonSchema = (schema: z.ZodType, title: string): object => ({
  ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
  title,
})
