/**
 * Brings the two sides of a conflict together as far as that goes without understanding them: both, one after the other, where
 * all tests pass with that, otherwise what was merged before. It says which, and that a person should look.
 */
import type { Conversation, Exchange } from '../conversation.ts'
import { ask, type Ending, type Move, type Policy } from '../policy.ts'
import { readTestOutcome, type TestOutcome } from '../repair/failures.ts'
import { readAll, type View } from '../repository-view.ts'
import { objectiveOf } from './describe.ts'

type Steps<T> = Generator<Move, T, readonly Exchange[]>
type Block = { path: string; marked: string; merged: string; both: string }

/** Whether the task is to bring two changes together. */
export const isConflict = (conversation: Conversation): boolean =>
  objectiveOf(conversation).startsWith('Resolve the conflict between')

export function* resolve(): Policy {
  const { text } = yield* ask('I look for what conflicts.', 'search', { pattern: '^<<<<<<< ' })
  const places = [...text.matchAll(/^(.+?):\d+: <<<<<<< /gm)].map(([, path = '']) => path)
  const view: View = { paths: [...new Set(places)], files: new Map() }
  yield* readAll(view, 'I read both sides.', view.paths)
  const blocks = view.paths.flatMap(path => blocksIn(path, view.files.get(path) ?? ''))
  if (blocks.length === 0 || blocks.length < places.length)
    return gaveUp(
      'I do not see both sides of each place that conflicts, so there is nothing that I could stand up for.',
    )
  const kept = yield* tryOut(blocks, 'marked', 'both')
  if (kept === null) return gaveUp('What I wrote did not take the place of what conflicts.')
  if (kept.failed === 0) return summary(view.paths, kept, 'both sides stand one after the other')
  const merged = yield* tryOut(blocks, 'both', 'merged')
  if (merged === null || merged.failed > 0)
    return gaveUp('Tests fail with both sides, and with the one that was merged.')
  return summary(view.paths, merged, 'what was merged stands, and the other side is left out: with both, tests fail')
}

function blocksIn(path: string, text: string): Block[] {
  const block = /^<<<<<<< .*\n([\s\S]*?)^=======\n([\s\S]*?)^>>>>>>> .*$/gm
  return [...text.matchAll(block)].map(([marked, merged = '', other = '']) => ({
    ...{ path, marked, merged: merged.replace(/\n$/, ''), both: `${merged}${other}`.replace(/\n$/, '') },
  }))
}

/** The tests after each block was replaced; null where one could not be. */
function* tryOut(blocks: readonly Block[], from: 'marked' | 'both', to: 'both' | 'merged'): Steps<TestOutcome | null> {
  for (const block of blocks) {
    const { isError } = yield* ask(`I keep ${to === 'both' ? 'both sides' : 'what was merged'}.`, 'edit', {
      ...{ path: block.path, old: block[from], new: block[to] },
    })
    if (isError) return null
  }
  return readTestOutcome((yield* ask('I run the tests.', 'run_tests')).text)
}

const gaveUp = (say: string): Ending => ({ say, submit: null })

function summary(paths: readonly string[], { ran, passed }: TestOutcome, how: string): Ending {
  const said = `Of the places that conflicted, ${how}.`
  return {
    say: said,
    submit: {
      title: `Resolve the conflict in ${paths.join(', ')}`.slice(0, 72),
      body: {
        summary: `${said} A simulated model does not understand them: a person should look.`,
        changes: paths.map(file => ({ file, what: how })),
        verified: ran ? [{ what: `${passed} tests pass and none fails`, how: 'run_tests' }] : [],
        notVerified: [
          'That both changes keep their purpose.',
          ...(ran ? [] : ['Anything by tests: none could be run.']),
        ],
        testsAdded: [],
      },
    },
  }
}
