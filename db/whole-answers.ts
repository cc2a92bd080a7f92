/**
 * Mends answers of the driver. It counts the rows of an answer per connection and goes on counting where a statement broke off
 * after some of its rows (porsager/postgres, issues 1119 and 1181): the next answer on that connection is right in all but
 * its place, and begins with as many holes. Whoever asks for one row would take it for none.
 */
import type postgres from 'postgres'

/** Every statement of every pool answers through this, also those within a transaction, so once for a process is enough. */
export function mendAnswers(sql: postgres.Sql): void {
  const statement = Object.getPrototypeOf(sql``) as object
  if (Object.hasOwn(statement, 'resolve')) return
  Object.defineProperty(statement, 'resolve', {
    // The driver gives each statement a `resolve` of its own.
    set(resolve: (answer: unknown) => void) {
      Object.defineProperty(this, 'resolve', {
        value: (answer: unknown) => resolve(withoutHoles(answer)),
        writable: true,
      })
    },
  })
}

/** In place: an answer carries more than its rows. */
function withoutHoles(answer: unknown): unknown {
  if (!Array.isArray(answer)) return answer
  let holes = 0
  while (holes < answer.length && !(holes in answer)) holes++
  if (holes > 0) answer.splice(0, holes)
  return answer
}
