import { type ArtifactSearch, parseArtifactSearch } from '../lib/artifact-search.ts'

/** Global ids of the two runs; of what is compared within them, the place. */
export type CompareSearch = ArtifactSearch & { left?: string; right?: string }

/** Takes what is well formed and drops the rest: an address may come from anywhere. */
export function parseCompareSearch(search: Record<string, unknown>): CompareSearch {
  const { left, right } = search
  return {
    ...(typeof left === 'string' ? { left } : {}),
    ...(typeof right === 'string' ? { right } : {}),
    ...parseArtifactSearch(search),
  }
}
