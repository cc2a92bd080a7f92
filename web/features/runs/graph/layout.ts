import dagre from '@dagrejs/dagre'
import type { Shape } from './shape.ts'

/** The left upper corner of each box, in pixels, in the order of the boxes. */
export type Layout = {
  readonly places: readonly { x: number; y: number }[]
  readonly width: number
  readonly height: number
}

/** From left to right, needs first. 300 boxes take about 100 ms: that is why it runs in a worker. */
export function layout(shape: Shape): Layout {
  const graph = new dagre.graphlib.Graph()
  graph.setGraph({ rankdir: 'LR', ranksep: 32, nodesep: 20, marginx: 8, marginy: 8 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { index, width, height } of shape.boxes) graph.setNode(String(index), { width, height })
  for (const { from, to } of shape.lines) graph.setEdge(String(from), String(to))
  dagre.layout(graph)
  const places = shape.boxes.map(({ index, width, height }) => {
    const { x, y } = graph.node(String(index))
    return { x: Math.round(x - width / 2), y: Math.round(y - height / 2) }
  })
  const { width = 0, height = 0 } = graph.graph()
  return { places, width, height }
}
