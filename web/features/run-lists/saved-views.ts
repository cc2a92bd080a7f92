/**
 * Views that somebody has named: addresses, kept in this browser. They hold nothing that is not in the address, so whoever
 * is to see the same is sent the address; rows on the server would need a person, and the server knows keys.
 */
import { createSignal, type Signal } from '../../lib/signal.ts'
import { parseRunSearch, type RunSearch } from './run-query.ts'

export type SavedView = { name: string; search: RunSearch }
export type SavedViews = Signal<readonly SavedView[]> & {
  /** One of the same name is replaced. */
  save(view: SavedView): void
  remove(name: string): void
}

const place = 'orrery.views'
const most = 30

export function createSavedViews(storage: Pick<Storage, 'getItem' | 'setItem'> | null): SavedViews {
  const signal = createSignal<readonly SavedView[]>(read(storage))
  const set = (views: readonly SavedView[]) => {
    signal.set(views)
    try {
      storage?.setItem(place, JSON.stringify(views))
    } catch {
      // Where storage is forbidden or full, they last as long as the page.
    }
  }
  return {
    get: signal.get,
    subscribe: signal.subscribe,
    save: view => set([...signal.get().filter(({ name }) => name !== view.name), view].slice(-most)),
    remove: name => set(signal.get().filter(one => one.name !== name)),
  }
}

/** Whatever stands there: what makes no sense is left out. */
function read(storage: Pick<Storage, 'getItem'> | null): SavedView[] {
  try {
    const found: unknown = JSON.parse(storage?.getItem(place) ?? '[]')
    if (!Array.isArray(found)) return []
    return found.flatMap((one: unknown) => {
      const { name, search } = (one ?? {}) as { name?: unknown; search?: unknown }
      if (typeof name !== 'string' || name === '' || typeof search !== 'object' || search === null) return []
      return [{ name: name.slice(0, 60), search: parseRunSearch(search as Record<string, unknown>) }]
    })
  } catch {
    return []
  }
}
