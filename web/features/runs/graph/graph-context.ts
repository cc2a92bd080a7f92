/** What the boxes and lines of the graph know of the picture that they are a part of. */
import { createContext, useContext } from 'react'

type GraphParts = {
  /** Tasks on the longest way through the run; empty while it is not shown. */
  readonly critical: ReadonlySet<number>
  /** Fan-outs that somebody closed, though they could be drawn open. */
  readonly closed: ReadonlySet<number>
  toggle(map: number): void
}

const GraphContext = createContext<GraphParts>({ critical: new Set(), closed: new Set(), toggle: () => {} })
export const GraphProvider = GraphContext.Provider
export const useGraph = (): GraphParts => useContext(GraphContext)
