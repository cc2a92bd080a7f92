const units = { s: 1, m: 60, h: 3600 }

/** Seconds of a text such as `1h30m`; null where it is none. */
export function parseDuration(text) {
  if (!/^(\d+[smh])+$/.test(text)) return null
  let seconds = 0
  for (const [, count, unit] of text.matchAll(/(\d+)([smh])/g)) seconds += Number(count) * units[unit]
  return seconds
}
