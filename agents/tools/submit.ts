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
  const properties = { title: { type: 'string', maxLength: 200 }, body: { ...jsonSchemaOf(body), title: kind } }
  return {
    spec: {
      name: 'submit',
      description: `Hands in your result, a ${kind}, and ends your work. Comes back only if something in it has to be mended.`,
      inputSchema: { ...schema, properties, required: ['title', 'body'] },
    },
    read(input) {
      const parsed = z.object({ title, body: z.preprocess(unwrap(body), body) }).safeParse(input)
      if (!parsed.success) return { ok: false, faults: faultsOf(parsed.error, mostFaults) }
      return { ok: true, submission: cleanJson({ title: parsed.data.title, body: parsed.data.body as Json }) }
    },
  }
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
