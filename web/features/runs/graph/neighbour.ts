/** Which box an arrow key leads to. */
export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown'
export type Rect = { left: number; top: number; width: number; height: number }

/** The place of the nearest rectangle in that direction; null where there is none. Sideways distance counts double. */
export function neighbour(from: Rect, others: readonly Rect[], direction: Direction): number | null {
  const middle = (rect: Rect) => ({ x: rect.left + rect.width / 2, y: rect.top + rect.height / 2 })
  const start = middle(from)
  let best: { place: number; distance: number } | null = null
  others.forEach((rect, place) => {
    const { x, y } = middle(rect)
    const along = { ArrowRight: x - start.x, ArrowLeft: start.x - x, ArrowDown: y - start.y, ArrowUp: start.y - y }[
      direction
    ]
    if (along < 4) return
    const across =
      direction === 'ArrowLeft' || direction === 'ArrowRight' ? Math.abs(y - start.y) : Math.abs(x - start.x)
    const distance = along + across * 2
    if (best === null || distance < best.distance) best = { place, distance }
  })
  return (best as { place: number } | null)?.place ?? null
}
