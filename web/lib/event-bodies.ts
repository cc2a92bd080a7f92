/** Bodies that are kept beside events: how large they are, and their beginnings, when somebody asks for them. */

/** The beginning of a body; all of it where it has as many bytes as `size`. */
export type BodyPart = { readonly bytes: Uint8Array; readonly size: number }
export type EventBodies = {
  /** Bytes. Rejects with an Error whose message is for people, as does `read`. */
  size(path: string): Promise<number>
  /** At most `readBytes`; the rest is never sent. */
  read(path: string): Promise<BodyPart>
}

/** Nobody reads more on a page. */
export const readBytes = 1024 * 1024

/** @param path of a body: `/bodies/<run>/<seq>/<hash>`. */
export function createEventBodies(request: typeof fetch): EventBodies {
  const ask = async (path: string, method: 'HEAD' | 'GET'): Promise<{ response: Response; size: number }> => {
    const response = await request(path, { method, credentials: 'same-origin' }).catch(() => null)
    if (response === null) throw new Error('The server could not be reached.')
    if (response.status === 404) throw new Error('It is not there any more.')
    if (!response.ok) throw new Error(`The server answered ${response.status}.`)
    return { response, size: Number(response.headers.get('content-length')) }
  }
  return {
    size: async path => (await ask(path, 'HEAD')).size,
    async read(path) {
      const { response, size } = await ask(path, 'GET')
      const bytes = await beginningOf(response)
      return { bytes, size: Math.max(size, bytes.length) }
    },
  }
}

async function beginningOf({ body }: Response): Promise<Uint8Array> {
  const reader = body?.getReader()
  const bytes = new Uint8Array(readBytes)
  let length = 0
  while (reader !== undefined && length < readBytes) {
    const { done, value } = await reader.read().catch(() => {
      throw new Error('The connection was lost in the middle of it.')
    })
    if (done) return bytes.slice(0, length)
    bytes.set(value.subarray(0, readBytes - length), length)
    length = Math.min(readBytes, length + value.length)
  }
  await reader?.cancel()
  return bytes.slice(0, length)
}
