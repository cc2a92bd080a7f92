/** The variables of a run, from `--repo` and `--var name=value`. */
import { statSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import type { Json } from '../domain/json.ts'
import { CliError } from './exit.ts'

/** What of a workflow's declaration is needed to read a value. */
export type Declared = { name: string; type: string; description: string; required: boolean }

/** Throws CliError that names every fault. The server checks the values themselves. */
export function readVariables(
  workflow: string,
  declared: readonly Declared[],
  given: readonly string[],
): Record<string, Json> {
  const values: Record<string, Json> = {}
  const faults: string[] = []
  for (const text of given) {
    const at = text.indexOf('=')
    const name = at < 0 ? text : text.slice(0, at)
    const variable = declared.find(one => one.name === name)
    if (at < 1) faults.push(`--var ${text}: write it as name=value`)
    else if (variable === undefined)
      faults.push(`--var ${text}: ${workflow} has no variable ${name}; it has ${namesOf(declared)}`)
    else if (variable.type === 'string[]')
      values[name] = [...((values[name] as string[] | undefined) ?? []), ...listOf(text.slice(at + 1))]
    else if (Object.hasOwn(values, name)) faults.push(`--var ${text}: ${name} is given twice`)
    else {
      const value = readValue(variable.type, text.slice(at + 1))
      if (value === undefined) faults.push(`--var ${text}: ${name} must be ${kinds[variable.type] ?? variable.type}`)
      else values[name] = value
    }
  }
  for (const { name, required, description } of declared)
    if (required && !Object.hasOwn(values, name)) faults.push(`${flagOf(name)} is missing: ${description}`)
  if (faults.length > 0)
    throw new CliError(
      faults.length === 1 ? `${faults[0]}.` : `the variables have ${faults.length} faults:\n  ${faults.join('\n  ')}`,
      {
        code: 'BAD_INPUT',
      },
    )
  return values
}

const flags: Readonly<Record<string, string>> = { repo: '--repo <path or git URL>', objective: '--objective <text>' }
const flagOf = (name: string) => flags[name] ?? `--var ${name}=…`
const namesOf = (declared: readonly Declared[]) => declared.map(one => one.name).join(', ') || 'none'
const kinds: Readonly<Record<string, string>> = {
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
}

function readValue(type: string, text: string): Json | undefined {
  switch (type) {
    case 'integer':
      return /^-?\d+$/.test(text) ? Number(text) : undefined
    case 'number':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : undefined
    default:
      return text
  }
}

/** A JSON list of texts, or one element: `--var only=lint --var only=types`, or `--var only='["lint","types"]'`. */
function listOf(text: string): string[] {
  try {
    const list: unknown = JSON.parse(text)
    if (Array.isArray(list) && list.every(one => typeof one === 'string')) return list
  } catch {
    // One element then.
  }
  return [text]
}

/**
 * A git URL stays what it is; a path becomes absolute, and must lead to a directory. Only a server on this machine can be
 * given a relative path, and only there can be looked whether it leads anywhere. Throws CliError.
 */
export function repositoryOf(given: string, cwd: string, server: string): string {
  if (isUrl(given)) return given
  const hint = 'Give a path on the machine of the server, or a git URL such as https://github.com/owner/name.'
  if (!isHere(server)) {
    if (isAbsolute(given)) return given
    throw new CliError(`--repo ${given}: a relative path means nothing to a server elsewhere.`, {
      hint,
      code: 'BAD_INPUT',
    })
  }
  const path = resolve(cwd, given)
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return path
  throw new CliError(`--repo ${given}: there is no directory ${path}.`, { hint, code: 'BAD_INPUT' })
}

/** Whether an address leads to this machine. */
const isHere = (server: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(server).hostname)

/** `https://…`, `ssh://…`, or `user@host:path`. */
const isUrl = (text: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(text) || /^[\w.-]+@[\w.-]+:/.test(text)
