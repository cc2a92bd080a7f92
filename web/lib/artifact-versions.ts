/** Artifacts that are the same thing, made again: by a later attempt, in a later round, or by a task that was reset. */
import type { Artifact, Task } from '../../domain/run/state.ts'
import { taskSubject } from './task-subject.ts'

/** Names the thing: what kind of it, called what, made by which step for which element. */
export function subjectOf({ kind, title, taskIndex }: Artifact, tasks: readonly Task[]): string {
  const task = tasks[taskIndex]
  const maker = task === undefined ? String(taskIndex) : taskSubject(task)
  return [kind, title.replace(/ \(simulated\)$/, ''), maker].join('\n')
}

/** The versions of an artifact, oldest first; it is one of them. */
export function versionsOf(artifact: Artifact, artifacts: readonly Artifact[], tasks: readonly Task[]): Artifact[] {
  const subject = subjectOf(artifact, tasks)
  return artifacts.filter(one => one.kind === artifact.kind && subjectOf(one, tasks) === subject)
}

export type Versioned = { readonly newest: Artifact; readonly count: number }

/** Of each thing its newest version, in the order in which the things came up first. */
export function newestVersions(artifacts: readonly Artifact[], tasks: readonly Task[]): Versioned[] {
  const found = new Map<string, Versioned>()
  for (const artifact of artifacts) {
    const subject = subjectOf(artifact, tasks)
    found.set(subject, { newest: artifact, count: (found.get(subject)?.count ?? 0) + 1 })
  }
  return [...found.values()]
}
