/** A small graph laid out in layers, needs above: for templates of some dozen steps, at once and without a library. */

export type Knot = { readonly key: string; readonly needs: readonly string[] }
export type Place = { readonly key: string; readonly layer: number; readonly order: number; readonly of: number }
export type Layers = {
  /** In the order of the knots. */
  readonly places: readonly Place[]
  readonly layers: number
  /** Knots of the widest layer. */
  readonly widest: number
  /** Needs without those that others imply, as pairs of keys. */
  readonly lines: readonly (readonly [from: string, to: string])[]
}

/** Needs that are not among the knots are left out. The graph has no cycle; one that has is drawn without what closes it. */
export function layersOf(knots: readonly Knot[]): Layers {
  const needsOf = new Map(knots.map(({ key, needs }) => [key, needs]))
  const depths = new Map<string, number>()
  const depthOf = (key: string): number => {
    const known = depths.get(key)
    if (known !== undefined) return known
    depths.set(key, 0)
    const needs = (needsOf.get(key) ?? []).filter(need => needsOf.has(need))
    const depth = needs.reduce((most, need) => Math.max(most, depthOf(need) + 1), 0)
    depths.set(key, depth)
    return depth
  }
  const layers: string[][] = []
  for (const { key } of knots) {
    const depth = depthOf(key)
    while (layers.length <= depth) layers.push([])
    layers[depth]?.push(key)
  }
  const ordered = orderLayers(layers, needsOf)
  const places = knots.map(({ key }) => {
    const layer = depths.get(key) ?? 0
    const row = ordered[layer] ?? []
    return { key, layer, order: row.indexOf(key), of: row.length }
  })
  return {
    places,
    layers: ordered.length,
    widest: ordered.reduce((most, row) => Math.max(most, row.length), 0),
    lines: linesOf(knots, needsOf),
  }
}

/** Each layer in the order of the middle of what it needs, so that few lines cross. */
function orderLayers(
  layers: readonly (readonly string[])[],
  needsOf: ReadonlyMap<string, readonly string[]>,
): string[][] {
  const positions = new Map<string, number>()
  return layers.map(row => {
    const weighed = row.map((key, index) => {
      const above = (needsOf.get(key) ?? []).flatMap(need => positions.get(need) ?? [])
      const middle = above.length === 0 ? (index + 0.5) / row.length : above.reduce((a, b) => a + b, 0) / above.length
      return { key, middle, index }
    })
    weighed.sort((a, b) => a.middle - b.middle || a.index - b.index)
    weighed.forEach(({ key }, order) => {
      positions.set(key, (order + 0.5) / row.length)
    })
    return weighed.map(({ key }) => key)
  })
}

function linesOf(knots: readonly Knot[], needsOf: ReadonlyMap<string, readonly string[]>): [string, string][] {
  const reach = new Map<string, ReadonlySet<string>>()
  const behind = (key: string): ReadonlySet<string> => {
    const known = reach.get(key)
    if (known !== undefined) return known
    const found = new Set<string>()
    reach.set(key, found)
    for (const need of needsOf.get(key) ?? []) {
      found.add(need)
      for (const further of behind(need)) found.add(further)
    }
    return found
  }
  return knots.flatMap(({ key, needs }) =>
    needs
      .filter(need => needsOf.has(need) && !needs.some(other => other !== need && behind(other).has(need)))
      .map((need): [string, string] => [need, key]),
  )
}
