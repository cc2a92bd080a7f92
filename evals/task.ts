/** A task of the evals: a small repository, what is wanted of it, and checks that whoever does it never sees. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'

const Sheet = z.strictObject({
  title: z.string(),
  kind: z.enum(['bug', 'feature', 'tests', 'refactor']),
  language: z.enum(['JavaScript', 'TypeScript', 'Python']),
  workflow: z.string(),
  /** The number of hidden tests or, of faulty files that the new tests must tell from the right one. */
  checks: z.number().int().positive(),
  /** Where tests are wanted: the file that they are about. */
  subject: z.string().optional(),
  objective: z.string().min(1),
})

export type Files = ReadonlyMap<string, string>
export type EvalTask = z.output<typeof Sheet> & {
  name: string
  /** Path of the repository on this machine. */
  directory: string
  repo: Files
  /** Hidden: never in the repository, and never in a workspace in which somebody works on the task. */
  checks: number
  hidden: Files
}

const home = fileURLToPath(new URL('./tasks', import.meta.url))

/** All of them, or the named ones. Throws an Error that names the ones that are not there. */
export function readTasks(wanted: readonly string[] | null = null): EvalTask[] {
  const all = readdirSync(home).toSorted()
  const missing = (wanted ?? []).filter(name => !all.includes(name))
  if (missing.length > 0) throw new Error(`there is no task ${missing.join(', ')}: ${all.join(', ')}`)
  return (wanted ?? all).map(readTask)
}

function readTask(name: string): EvalTask {
  const sheet = Sheet.parse(parse(readFileSync(join(home, name, 'task.yaml'), 'utf8')))
  const directory = join(home, name, 'repo')
  return { ...sheet, name, directory, repo: filesIn(directory), hidden: filesIn(join(home, name, 'checks')) }
}

function filesIn(directory: string): Map<string, string> {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true })
  const paths = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  return new Map(paths.toSorted().map(path => [relative(directory, path), readFileSync(path, 'utf8')]))
}
