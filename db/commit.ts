/** From decisions to answers: appends what was decided, compares the heads of what was not, and answers whatever holds. */
import type { Decided } from './decide-batch.ts'
import { crossesSnapshot } from './load.ts'
import { mayBeDue } from './projections.ts'
import type { RunCache } from './run-cache.ts'
import type { Append, Committed, EventStore } from './store.ts'

/** Where a test may end the process. */
export type CrashPoint = 'before-append' | 'after-append' | 'after-publish'

export type CommitDeps = {
  store: EventStore
  cache: RunCache
  onCommitted(changes: Committed[]): void
  /** Takes work that nobody waits for, and that must be over before the end. */
  aside(work: Promise<unknown>, doing: string): void
  crashAt(point: CrashPoint): void
}

/** What became of decisions in the store, not yet told to anybody. */
export type Written = { decided: readonly Decided[]; won: readonly Append[]; lost: ReadonlySet<string> }

export type Commit = {
  /** Appends and compares. Throws what the store throws. */
  write(decided: readonly Decided[]): Promise<Written>
  /** Answers the winners; what has lost is left to the caller. */
  answer(written: Written): void
}

export function createCommit({ store, cache, onCommitted, aside, crashAt }: CommitDeps): Commit {
  const settle = ({ before, after, append, answer }: Decided) => {
    if (after !== null) cache.set(after)
    if (append !== null && after !== null && crossesSnapshot(before?.head ?? 0, after.head))
      aside(store.saveSnapshot(after), 'snapshot')
    answer()
  }

  return {
    async write(decided) {
      const appends = decided.flatMap(one => (one.append === null ? [] : [one.append]))
      const silent = decided.filter(one => one.append === null).map(one => one.runId)
      if (appends.length > 0) crashAt('before-append')
      const [results, heads] = await Promise.all([
        appends.length > 0 ? store.append(appends) : [],
        silent.length > 0 ? store.heads(silent) : new Map<string, number>(),
      ])
      if (appends.length > 0) crashAt('after-append')
      const won = appends.filter((_, index) => results[index] === 'appended')
      const wonIds = new Set(won.map(one => one.after.id))
      const holds = ({ append, runId, before }: Decided) =>
        append === null ? (heads.get(runId) ?? 0) === (before?.head ?? 0) : wonIds.has(runId)
      return { decided, won, lost: new Set(decided.filter(one => !holds(one)).map(one => one.runId)) }
    },

    answer({ decided, won, lost }) {
      for (const one of decided) if (!lost.has(one.runId)) settle(one)
      if (won.length === 0) return
      onCommitted(won.map(changeOf))
      crashAt('after-publish')
    },
  }
}

const changeOf = (append: Append): Committed => {
  const { id, organisationId, projectId, head } = append.after
  return { runId: id, organisationId, projectId, head, due: mayBeDue(append) }
}
