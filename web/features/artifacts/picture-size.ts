/** How many points a picture has, as its first bytes say, before anybody decodes it: a few kilobytes can become gigabytes. */
export type PictureSize = { width: number; height: number }

/** null where the bytes are no picture that is known here. */
export function pictureSize(bytes: Uint8Array): PictureSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    return pngSize(view) ?? gifSize(view) ?? webpSize(view) ?? jpegSize(view)
  } catch (error) {
    // It ends before it says its size.
    if (error instanceof RangeError) return null
    throw error
  }
}

const word = (view: DataView, at: number): string =>
  String.fromCharCode(...[0, 1, 2, 3].map(offset => view.getUint8(at + offset)))

const pngSize = (view: DataView): PictureSize | null =>
  view.getUint32(0) === 0x89504e47 && word(view, 12) === 'IHDR'
    ? { width: view.getUint32(16), height: view.getUint32(20) }
    : null

const gifSize = (view: DataView): PictureSize | null =>
  word(view, 0) === 'GIF8' ? { width: view.getUint16(6, true), height: view.getUint16(8, true) } : null

function webpSize(view: DataView): PictureSize | null {
  if (word(view, 0) !== 'RIFF' || word(view, 8) !== 'WEBP') return null
  const three = (at: number) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16)
  switch (word(view, 12)) {
    case 'VP8X':
      return { width: three(24) + 1, height: three(27) + 1 }
    case 'VP8L': {
      const bits = view.getUint32(21, true)
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
    }
    case 'VP8 ':
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
    default:
      return null
  }
}

/** The size stands in the first segment that begins a frame; the others say how long they are. */
function jpegSize(view: DataView): PictureSize | null {
  if (view.getUint16(0) !== 0xffd8) return null
  let at = 2
  for (;;) {
    const marker = view.getUint16(at)
    if (marker >> 8 !== 0xff) return null
    const kind = marker & 0xff
    if (kind >= 0xc0 && kind <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(kind))
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    at += 2 + view.getUint16(at + 2)
  }
}
