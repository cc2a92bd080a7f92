/** The end of an agent's work: what it made, checked against the schema of its kind. */
import { z } from 'zod'
import { type ArtifactKind, artifactKinds } from '../../domain/artifact.ts'
import type { Json } from '../../domain/json.ts'
import type { ToolSpec } from '../../domain/model.ts'
import { cleanJson } from '../../domain/run/clean.ts'
import { faultsOf } from './faults.ts'
import { jsonSchemaOf } from './tool.ts'

export type Submission = { title: string; body: Json }
export type ReadSubmission = { ok: true; submission: Submission } | { ok: false; faults: readonly string[] }

const mostFaults = 20

export type SubmitTool = { spec: ToolSpec; read(input: Json): ReadSubmission }

/** `submit` for a kind of artifact; a kind without a schema is a text. */
export function createSubmit(kind: ArtifactKind): SubmitTool {
  const body: z.ZodType = artifactKinds[kind] ?? z.string().min(1).max(1_000_000)
  const title = z.string().min(1).max(200)
  const schema = jsonSchemaOf(z.strictObject({ title, body: z.unknown() }))
  const about =
    'One line that says what this is; of a change, the subject of its commit: imperative, up to 72 characters.'
  const properties = {
    title: { type: 'string', maxLength: 200, description: about },
    body: { ...withoutLabel(jsonSchemaOf(body)), title: kind },
  }
  const inputSchema = { ...schema, properties, required: ['title', 'body'] }
  return {
    spec: {
      name: 'submit',
      description: `Hands in your result, a ${kind}, and ends your work. Comes back only if something in it has to be mended.`,
      inputSchema,
    },
    read(input) {
      const parsed = z.object({ title, body: z.preprocess(unwrap(body), body) }).safeParse(input)
      if (!parsed.success) return { ok: false, faults: faultsOf(parsed.error, mostFaults, inputSchema) }
      return { ok: true, submission: cleanJson({ title: parsed.data.title, body: parsed.data.body as Json }) }
    },
  }
}

/** Whether a real model made it, and of what it had read, is not for the model to say. */
function withoutLabel(schema: ToolSpec['inputSchema']): ToolSpec['inputSchema'] {
  const { properties } = schema
  if (typeof properties !== 'object' || properties === null || !('simulated' in properties)) return schema
  const { simulated: _, tainted: __, ...told } = properties as { readonly [key: string]: Json }
  return { ...schema, properties: told }
}

/** Some models write an object within an object as a text. */
const unwrap = (schema: z.ZodType) => (value: unknown) => {
  if (typeof value !== 'string' || schema instanceof z.ZodString) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
