/** Pieces as the body of an answer. The first one is awaited: it tells whether the bytes are there, before anything is promised. */
export async function streamed(pieces: AsyncGenerator<Uint8Array>): Promise<ReadableStream<Uint8Array>> {
  let held: IteratorResult<Uint8Array> | null = await pieces.next()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = held ?? (await pieces.next())
      held = null
      if (done || value === undefined) controller.close()
      else controller.enqueue(new Uint8Array(value))
    },
    cancel: () => void pieces.return(undefined),
  })
}
