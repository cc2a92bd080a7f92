/** The rest of what was cut. */
import { z } from 'zod'
import { cutAt, shownBytes } from './output.ts'
import { defineTool, type Tool } from './tool.ts'

export const readMoreTool: Tool = defineTool({
  name: 'read_more',
  class: 'read',
  recorded: 'itself',
  description:
    'The rest of a result that was cut, from a byte on. It comes in pieces; each says where the next begins.',
  input: z.strictObject({
    handle: z.string().describe('As it stands in the note where the text was cut.'),
    from: z.number().int().min(0).optional().describe('The first byte; 0 unless told.'),
  }),
  async run({ handle, from = 0 }, { context, handles }) {
    const origin = handles.get(handle)
    // Only what was cut for this task: content-addressed bytes of others are none of its business.
    if (origin === undefined) {
      const known = [...handles.keys()]
      const have = known.length === 0 ? 'Nothing was cut so far.' : `There are: ${known.join(', ')}.`
      return { text: `There is no handle ${handle.slice(0, 80)}. ${have}`, isError: true }
    }
    const bytes = await context.blobs.get(handle)
    if (from >= bytes.length)
      return { text: `It has ${bytes.length} bytes, so nothing begins at ${from}.`, isError: true }
    const start = from === 0 ? 0 : whole(bytes, from)
    const end = start + shownBytes >= bytes.length ? bytes.length : cutAt(bytes, start + shownBytes - 200, 'down')
    const note = end < bytes.length ? `\n[bytes ${start} to ${end} of ${bytes.length}; go on with "from": ${end}]` : ''
    return { text: `${new TextDecoder().decode(bytes.subarray(start, end))}${note}`, origin }
  },
})

/** The next place where a character begins. */
function whole(bytes: Uint8Array, at: number): number {
  let place = at
  while (place < bytes.length && ((bytes[place] ?? 0) & 0xc0) === 0x80) place += 1
  return place
}
