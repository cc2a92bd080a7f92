/** How times, spans, sizes and money read, and how money is typed. Spans are short and keep their width: `0.4 s`, `12 s`, `3:07`, `1:02:45`. */

/** Milliseconds. */
export function formatSpan(ms: number): string {
  if (ms < 0) return '0 s'
  if (ms < 9_950) return `${(ms / 1_000).toFixed(1)} s`
  const seconds = Math.round(ms / 1_000)
  if (seconds < 60) return `${seconds} s`
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (value: number) => String(value).padStart(2, '0')
  if (hours >= 48) return `${Math.floor(hours / 24)} d ${hours % 24} h`
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

/** `just now`, `4 min ago`, `3 h ago`, then the date. */
export function formatAgo(at: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - at) / 1_000))
  if (seconds < 45) return 'just now'
  if (seconds < 3_600) return `${Math.max(1, Math.round(seconds / 60))} min ago`
  if (seconds < 86_400) return `${Math.round(seconds / 3_600)} h ago`
  if (seconds < 7 * 86_400) return `${Math.round(seconds / 86_400)} d ago`
  return formatDate(at)
}

const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })

export const formatDate = (at: number): string => date.format(at)
/** `14:03:27`, in the reader's zone. */
export const formatClock = (at: number): string => clock.format(at)
export const formatExact = (at: number): string => exact.format(at)

/** Bytes, in powers of 1,024. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB']
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10))
  const value = bytes / 1_024 ** power
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]}`
}

const grouped = new Intl.NumberFormat('en-GB')
export const formatCount = (count: number): string => grouped.format(count)
/** `1 task`, `2 tasks`. */
export const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${formatCount(count)} ${count === 1 ? noun : plural}`

/** Micro-dollars as money: cents and more to the cent, less in the two digits that count. */
export function formatMoney(micros: number): string {
  const dollars = micros / 1_000_000
  if (micros === 0 || Math.abs(dollars) >= 0.01) return `$${dollars.toFixed(2)}`
  const digits = Math.min(6, 1 - Math.floor(Math.log10(Math.abs(dollars))))
  return `$${dollars.toFixed(digits).replace(/0+$/, '')}`
}

/** Dollars as people type them (`2.50`, `$2`), in micro-dollars; null where nothing was typed. */
export function parseDollars(typed: string): { micros: number | null; fault: string | null } {
  const text = typed.trim().replace(/^\$/, '').replaceAll(',', '')
  if (text === '') return { micros: null, fault: null }
  const micros = Math.round(Number(text) * 1_000_000)
  return Number.isSafeInteger(micros) && micros >= 0
    ? { micros, fault: null }
    : { micros: null, fault: 'is not a sum in dollars' }
}

/** As one types it: `2.5`. */
export const dollarsOf = (micros: number): string => String(micros / 1_000_000)
