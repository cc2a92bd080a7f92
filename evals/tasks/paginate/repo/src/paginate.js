/** The items of a page (from 1), and whether there are more. */
export function paginate(items, page, size) {
  const start = page * size
  return { items: items.slice(start, start + size), more: start + size < items.length }
}
