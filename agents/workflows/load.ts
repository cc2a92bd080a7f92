/** Workflows as files: YAML or JSON, parsed whole. Every fault is told with its file, line and column. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isNode, LineCounter, parseDocument, visit } from 'yaml'
import { OrreryError } from '../../domain/errors.ts'
import { parseWorkflow } from '../../domain/validate.ts'
import { Workflow, type WorkflowInput } from '../../domain/workflow.ts'

/** `path` is what the fault is at, `steps.2.needs`; empty where the text as a whole cannot be read. */
export type WorkflowFault = { file: string; line: number; column: number; path: string; message: string }
export type ReadWorkflow = { ok: true; workflow: WorkflowInput } | { ok: false; faults: readonly WorkflowFault[] }

/** `file` is how the text is called in faults. The result is what `parseWorkflow` takes: defaults are filled in there. */
export function readWorkflow(text: string, file: string): ReadWorkflow {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false })
  const at = (offset: number, path: string, message: string): WorkflowFault => {
    const { line, col } = counter.linePos(offset)
    return { file, line, column: col, path, message }
  }
  if (document.errors.length > 0)
    return { ok: false, faults: document.errors.map(({ pos, message }) => at(pos[0], '', message)) }
  // An alias of an alias grows without bounds, and nobody who reads a step wants to look elsewhere for it.
  const aliases: WorkflowFault[] = []
  visit(document, {
    Alias: (_, { range, source }) => void aliases.push(at(range?.[0] ?? 0, '', `write out what *${source} stands for`)),
  })
  if (aliases.length > 0) return { ok: false, faults: aliases }
  // The nearest thing that is there: a field that is missing is told at what should have it.
  const offsetOf = (path: readonly PropertyKey[]): number => {
    const node = path.length === 0 ? document.contents : document.getIn(path, true)
    if (isNode(node)) return node.range?.[0] ?? 0
    return path.length === 0 ? 0 : offsetOf(path.slice(0, -1))
  }
  const value = document.toJS() as unknown
  const parsed = Workflow.safeParse(value)
  if (!parsed.success) {
    const told = parsed.error.issues.map(({ path, message }) =>
      at(offsetOf(path), path.join('.'), `${path.join('.') || 'workflow'}: ${message}`),
    )
    return { ok: false, faults: told }
  }
  const graph = graphFaults(value)
  if (graph.length === 0) return { ok: true, workflow: value as WorkflowInput }
  const keys = parsed.data.steps.map(({ key }) => key)
  return {
    ok: false,
    faults: graph.map(message => {
      const step = keys.indexOf(/steps\.([a-z][a-z0-9-]*)/.exec(message)?.[1] ?? '')
      return at(offsetOf(step === -1 ? ['steps'] : ['steps', step]), /^[^:]+/.exec(message)?.[0] ?? '', message)
    }),
  }
}

/** What only the steps together can get wrong. */
function graphFaults(value: unknown): string[] {
  try {
    parseWorkflow(value)
    return []
  } catch (error) {
    if (!(error instanceof OrreryError)) throw error
    return error.message.replace(/^workflow [^:]*: /, '').split('; ')
  }
}

/** Every workflow file of a directory, by name. Throws OrreryError BAD_INPUT that lists all faults of all files. */
export function loadWorkflows(directory: string): WorkflowInput[] {
  const names = readdirSync(directory)
    .filter(name => /\.(ya?ml|json)$/.test(name))
    .sort()
  const read = names.map(name => ({ name, ...readWorkflow(readFileSync(join(directory, name), 'utf8'), name) }))
  const faults = read.flatMap(one => (one.ok ? misnamed(one.name, one.workflow) : one.faults))
  if (faults.length > 0)
    throw new OrreryError(
      'BAD_INPUT',
      faults.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`).join('\n'),
    )
  return read.flatMap(one => (one.ok ? [one.workflow] : []))
}

/** The name of the file is what people look for. */
const misnamed = (file: string, { name }: WorkflowInput): WorkflowFault[] =>
  basename(file).replace(/\.\w+$/, '') === name
    ? []
    : [{ file, line: 1, column: 1, path: 'name', message: `it holds the workflow ${name}: call it ${name}.yaml` }]

/** The workflows of software development that ship with the product. */
export const developmentWorkflows = (): WorkflowInput[] => loadWorkflows(fileURLToPath(new URL('.', import.meta.url)))
