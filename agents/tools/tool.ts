/**
 * What a model can do. A tool never throws for what a model got wrong: that is a result with `isError`, which says what to
 * mend. It throws where its surroundings are at fault, or where its task ends.
 */
import { z } from 'zod'
import type { Json } from '../../domain/json.ts'
import type { ToolSpec } from '../../domain/model.ts'
import type { TaskContext, Workspace } from '../../domain/ports.ts'
import type { ToolClass, ToolName } from '../../domain/role.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'
import type { Desk } from './desk.ts'

/** Who wrote a text: Orrery itself, the repository that is worked on, or anybody. */
export const origins = ['own', 'repository', 'outside'] as const
export type Origin = (typeof origins)[number]

export type ToolOutcome = {
  text: string
  isError?: boolean
  /** `own` unless told. */
  origin?: Origin
  /** A blob with the whole of what the text is about, which read_more may read from now on. */
  handle?: string
}

export type ToolEnv = {
  context: TaskContext
  toolbox: Toolbox
  desk: Desk
  /** Variables for commands that run the project's own code. */
  environment: Readonly<Record<string, string>>
  /** Texts that were cut for this task, by the handle that the model was given. */
  handles: Map<string, Origin>
  /** Whether something from outside was read: what is passed on from here says so. */
  tainted(): boolean
}

type Base<I extends z.ZodObject> = {
  name: ToolName
  class: ToolClass
  /** For the model: what it does, and what comes back. */
  description: string
  input: I
}

/**
 * How a call gets into the journal. `tree`: with the workspace as it left it. `result`: what it answered, for tools that
 * change nothing. `itself`: not here; it asks only what is recorded anyway, or what is always the same.
 */
export type Tool<I extends z.ZodObject = z.ZodObject> =
  | (Base<I> & {
      recorded: 'tree' | 'result'
      run(args: z.output<I>, env: ToolEnv, workspace: () => Promise<Workspace>): Promise<ToolOutcome>
    })
  | (Base<I> & { recorded: 'itself'; run(args: z.output<I>, env: ToolEnv): Promise<ToolOutcome> })

/** Forgets the type of a tool's arguments, which only its own `run` knows; the schema is parsed before each call. */
export const defineTool = <I extends z.ZodObject>(tool: Tool<I>): Tool => tool as unknown as Tool

/** The tool as a model is told of it. */
export function specOf({ name, description, input }: Pick<Tool, 'name' | 'description' | 'input'>): ToolSpec {
  return { name, description, inputSchema: jsonSchemaOf(input) }
}

/** JSON Schema of what a model writes; what cannot be said in it is checked when it comes. */
export function jsonSchemaOf(schema: z.ZodType): { readonly [key: string]: Json } {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' })
  return rest as { readonly [key: string]: Json }
}
