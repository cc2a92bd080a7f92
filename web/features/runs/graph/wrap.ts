/**
 * A long chain in a window that is not as long is read like text: from left to right, and on in the next line. Shrunk until
 * it fits, nobody could read it; cut, one would not see how it ends.
 */
import type { Layout } from './layout.ts'
import type { Shape } from './shape.ts'
import type { Placed } from './use-layout.ts'

/** What there is to draw in, in pixels of the screen. */
export type Room = { readonly width: number; readonly height: number }

export type Wrapped = Placed & {
  /** For each line of the shape that leads on to another line of boxes: how high it turns back, between the two; else null. */
  readonly turns: readonly (number | null)[]
}

/** Below this nothing can be read any more, and no finger meets a box. */
export const legibleZoom = 0.75

/** Pixels: between two lines of boxes, and around the whole. What leads on turns back there. */
const [between, margin] = [44, 24]

/** The layout as it is where all of it is legible in the room, or where lines would not make it so. */
export function wrap(placed: Placed, room: Room): Wrapped {
  const { shape, layout } = placed
  const straight = { ...placed, turns: shape.lines.map(() => null) }
  if (zoomIn(room, layout) >= legibleZoom) return straight
  const lines = linesOf(columnsOf(placed), room.width / legibleZoom - 2 * margin)
  const wrapped = stacked(placed, lines)
  return zoomIn(room, wrapped) >= legibleZoom
    ? { shape, layout: wrapped, turns: turnsOf(shape, wrapped, lines) }
    : straight
}

/** At which all of it is seen; no larger than life. */
export const zoomIn = (room: Room, { width, height }: Pick<Layout, 'width' | 'height'>): number =>
  Math.min(1, room.width / width, room.height / height)

/** Boxes that stand below each other, by their places in the shape. */
type Column = { readonly boxes: readonly number[]; readonly left: number; readonly right: number }

/** From left to right: those that overlap from side to side are one. */
function columnsOf({ shape, layout }: Placed): Column[] {
  const spans = shape.boxes.map(({ width }, place) => {
    const left = layout.places[place]?.x ?? 0
    return { boxes: [place], left, right: left + width }
  })
  const columns: { boxes: number[]; left: number; right: number }[] = []
  for (const span of spans.sort((a, b) => a.left - b.left)) {
    const last = columns.at(-1)
    if (last === undefined || span.left >= last.right) columns.push(span)
    else {
      last.boxes.push(...span.boxes)
      last.right = Math.max(last.right, span.right)
    }
  }
  return columns
}

/** As many columns a line as there is width for. */
function linesOf(columns: readonly Column[], width: number): Column[][] {
  const lines: Column[][] = []
  for (const column of columns) {
    const line = lines.at(-1)
    if (line?.[0] !== undefined && column.right - line[0].left <= width) line.push(column)
    else lines.push([column])
  }
  return lines
}

/** The lines below each other. Within a line everything keeps its place to everything else. */
function stacked({ shape, layout }: Placed, lines: readonly (readonly Column[])[]): Layout {
  const places = [...layout.places]
  let [top, width] = [margin, 0]
  for (const line of lines) {
    const left = line[0]?.left ?? 0
    const boxes = line.flatMap(column => column.boxes)
    const highest = Math.min(...boxes.map(place => layout.places[place]?.y ?? 0))
    let bottom = top
    for (const place of boxes) {
      const { x = 0, y = 0 } = layout.places[place] ?? {}
      places[place] = { x: x - left + margin, y: y - highest + top }
      bottom = Math.max(bottom, y - highest + top + (shape.boxes[place]?.height ?? 0))
    }
    width = Math.max(width, (line.at(-1)?.right ?? 0) - left + 2 * margin)
    top = bottom + between
  }
  return { places, width, height: top - between + margin }
}

function turnsOf(shape: Shape, { places }: Layout, lines: readonly (readonly Column[])[]): (number | null)[] {
  const lineOf = new Map<number, number>()
  const tops = lines.map((line, number) => {
    const boxes = line.flatMap(column => column.boxes)
    for (const place of boxes) lineOf.set(shape.boxes[place]?.index ?? -1, number)
    return Math.min(...boxes.map(place => places[place]?.y ?? 0))
  })
  return shape.lines.map(({ from, to }) => {
    const line = lineOf.get(to) ?? 0
    return line === lineOf.get(from) ? null : (tops[line] ?? 0) - between / 2
  })
}
