/**
 * What the views of a page work out and the next visit wants again. It is found by the function that makes it: one
 * function, one thing.
 */
export type Kept = <T>(make: () => T) => T

export function createKept(): Kept {
  const things = new Map<() => unknown, unknown>()
  return <T>(make: () => T) => {
    if (!things.has(make)) things.set(make, make())
    return things.get(make) as T
  }
}
