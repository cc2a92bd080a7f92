/** Bodies that are kept: they are content-addressed and never change. */
const keptBodies = 8

/**
 * Reads the bytes of artifacts, by their ids, or of a part: `art_…/diff?file=…` is what a change does to a file. Rejects
 * with an Error whose message is for people; what failed is asked for again.
 */
export function createArtifactBodies(request: typeof fetch): (artifactId: string) => Promise<Uint8Array> {
  const kept = new Map<string, Promise<Uint8Array>>()
  return artifactId => {
    const body = kept.get(artifactId) ?? read(request, artifactId)
    kept.set(artifactId, body)
    body.catch(() => kept.delete(artifactId))
    const [oldest] = kept.keys()
    if (kept.size > keptBodies && oldest !== undefined) kept.delete(oldest)
    return body
  }
}

async function read(request: typeof fetch, artifactId: string): Promise<Uint8Array> {
  const response = await request(`/artifacts/${artifactId}`, { credentials: 'same-origin' }).catch(() => null)
  if (response === null) throw new Error('The server could not be reached.')
  if (response.status === 404) throw new Error('It is not there any more.')
  if (response.status === 413) throw new Error((await response.json()).errors[0].message)
  if (!response.ok) throw new Error(`The server answered ${response.status}.`)
  return new Uint8Array(await response.arrayBuffer())
}
