/** The part of the axis that is shown. `null` stands for the beginning, and for the end wherever that moves. */
export type TimeWindow = { readonly from: number | null; readonly to: number | null }
/** The same in numbers: places on the axis. */
export type View = { readonly from: number; readonly to: number }

export const wholeTime: TimeWindow = { from: null, to: null }
/** Nearer one cannot come, in milliseconds. */
const leastMs = 5

export const viewOf = ({ from, to }: TimeWindow, length: number): View => {
  const end = Math.min(length, to ?? length)
  const begin = Math.max(0, Math.min(from ?? 0, end - leastMs))
  return { from: begin, to: Math.max(end, begin + leastMs) }
}

/** What is at an edge stays there: at the end one follows what is still to come. */
export function windowOf({ from, to }: View, length: number): TimeWindow {
  const width = Math.min(length, Math.max(leastMs, to - from))
  const begin = Math.min(Math.max(0, from), length - width)
  return {
    from: begin <= length * 1e-4 ? null : Math.round(begin),
    to: begin + width >= length * (1 - 1e-4) ? null : Math.round(begin + width),
  }
}

/** `factor` < 1 comes nearer; `at` (0 … 1) is the part of the view that keeps its place. */
export function zoomed({ from, to }: View, factor: number, at: number): View {
  const fixed = from + (to - from) * at
  const width = Math.max(leastMs, (to - from) * factor)
  return { from: fixed - width * at, to: fixed + width * (1 - at) }
}

/** By a share of what is seen. */
export const moved = ({ from, to }: View, share: number): View => {
  const by = (to - from) * share
  return { from: from + by, to: to + by }
}

/** `1200-5300`, `1200-`, and nothing for all of it. */
export const windowText = ({ from, to }: TimeWindow): string | undefined =>
  from === null && to === null ? undefined : `${from ?? ''}-${to ?? ''}`

export function parseWindow(text: string | undefined): TimeWindow {
  const [, from = '', to = ''] = /^(\d*)-(\d*)$/.exec(text ?? '') ?? []
  return { from: from === '' ? null : Number(from), to: to === '' ? null : Number(to) }
}
