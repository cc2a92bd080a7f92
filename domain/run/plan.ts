/** The graph of a run as arithmetic over `needs`: `needs[i]` are the indices that task i waits for. */

/** The indices along one cycle, the first repeated at the end; null where there is none. */
export function findCycle(needs: readonly (readonly number[])[]): number[] | null {
  const state = new Uint8Array(needs.length) // 0 unseen, 1 on the path, 2 done
  const path: number[] = []
  const visit = (index: number): number[] | null => {
    if (state[index] === 2) return null
    if (state[index] === 1) return [...path.slice(path.indexOf(index)), index]
    state[index] = 1
    path.push(index)
    for (const need of needs[index] ?? []) {
      const cycle = visit(need)
      if (cycle !== null) return cycle
    }
    path.pop()
    state[index] = 2
    return null
  }
  for (let index = 0; index < needs.length; index++) {
    const cycle = visit(index)
    if (cycle !== null) return cycle
  }
  return null
}

/** `dependents[i]` are the indices that wait for task i. */
export function dependentsOf(needs: readonly (readonly number[])[]): number[][] {
  const dependents: number[][] = needs.map(() => [])
  needs.forEach((list, index) => {
    for (const need of list) dependents[need]?.push(index)
  })
  return dependents
}

/** The given indices and everything that waits for them, directly or through others, ascending. */
export function withDescendants(needs: readonly (readonly number[])[], roots: readonly number[]): number[] {
  const dependents = dependentsOf(needs)
  const found = new Set<number>()
  const queue = [...roots]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (found.has(next)) continue
    found.add(next)
    queue.push(...(dependents[next] ?? []))
  }
  return [...found].sort((a, b) => a - b)
}

/**
 * The longest chain through an acyclic graph, weighted: what a run cannot be faster than.
 * `weights[i]` is the duration of task i, in any one unit. Returns the indices in order.
 */
export function criticalPath(needs: readonly (readonly number[])[], weights: readonly number[]): number[] {
  const longest: { total: number; before: number | null }[] = []
  const measure = (index: number): number => {
    const known = longest[index]
    if (known !== undefined) return known.total
    let before: number | null = null
    let most = 0
    for (const need of needs[index] ?? []) {
      const total = measure(need)
      if (before === null || total > most) [before, most] = [need, total]
    }
    const total = most + (weights[index] ?? 0)
    longest[index] = { total, before }
    return total
  }
  let end: number | null = null
  needs.forEach((_, index) => {
    if (end === null || measure(index) > measure(end)) end = index
  })
  const path: number[] = []
  for (let at: number | null = end; at !== null; at = longest[at]?.before ?? null) path.unshift(at)
  return path
}
