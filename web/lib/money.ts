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
