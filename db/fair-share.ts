/**
 * Who may work next. Whoever has least at work goes first: organisations against each other, then the projects of one, then
 * priority, then who has been ready for longest. So a tenant with thousands of ready tasks waits behind one with a single one.
 */

/**
 * A task that is ready. `runMax` and `projectMax` are how many of its run and its project may be at work at once, `classMax` how
 * many of its class the workers that live say they can do.
 */
export type Candidate = {
  runId: string
  taskIndex: number
  epoch: number
  workerClass: string
  organisationId: string
  projectId: string
  priority: number
  /** Milliseconds since 1970. */
  readyAt: number
  runMax: number
  projectMax: number
  classMax: number
}

/** Tasks that are at work, or ticketed and about to be. */
export type Taken = Pick<Candidate, 'runId' | 'workerClass' | 'organisationId' | 'projectId'> & { count: number }

type Urgency = Pick<Candidate, 'priority' | 'readyAt' | 'taskIndex'>

/** The candidates to ticket now, in order. */
export function fairShare(candidates: readonly Candidate[], taken: readonly Taken[]): Candidate[] {
  const used = createTally(taken)
  const open = (one: Candidate) =>
    used.of(one.workerClass) < one.classMax &&
    used.of(one.projectId) < one.projectMax &&
    used.of(one.runId) < one.runMax
  const before = (a: Candidate, b: Candidate) =>
    used.of(a.organisationId) - used.of(b.organisationId) ||
    used.of(a.projectId) - used.of(b.projectId) ||
    byUrgency(a, b)

  const queues = [...byProject(candidates).values()]
  const chosen: Candidate[] = []
  for (;;) {
    let next: Candidate | undefined
    for (const queue of queues) {
      // What is over its limit now stays so: limits only fill up.
      while (queue[0] !== undefined && !open(queue[0])) queue.shift()
      if (queue[0] !== undefined && (next === undefined || before(queue[0], next) < 0)) next = queue[0]
    }
    if (next === undefined) return chosen
    queues.find(queue => queue[0] === next)?.shift()
    used.add(next, 1)
    chosen.push(next)
  }
}

/** The most urgent first, then who has been ready for longest. */
export const byUrgency = (a: Urgency, b: Urgency): number =>
  b.priority - a.priority || a.readyAt - b.readyAt || a.taskIndex - b.taskIndex

function byProject(candidates: readonly Candidate[]): Map<string, Candidate[]> {
  const queues = new Map<string, Candidate[]>()
  for (const one of [...candidates].sort(byUrgency)) {
    const queue = queues.get(one.projectId)
    if (queue === undefined) queues.set(one.projectId, [one])
    else queue.push(one)
  }
  return queues
}

/** Counts by run, project, organisation (ids are unique among all of them) and worker class. */
function createTally(taken: readonly Taken[]) {
  const counts = new Map<string, number>()
  const add = (one: Omit<Taken, 'count'>, count: number) => {
    for (const key of [one.runId, one.projectId, one.organisationId, one.workerClass])
      counts.set(key, (counts.get(key) ?? 0) + count)
  }
  for (const one of taken) add(one, one.count)
  return { add, of: (key: string): number => counts.get(key) ?? 0 }
}
