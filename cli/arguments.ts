/** Words of a command line as values. Each throws InvalidArgumentError, which commander tells beside the name of the option. */
import { InvalidArgumentError } from 'commander'

export const collect = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value]

export function whole(text: string): number {
  if (/^-?\d{1,9}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a whole number.')
}

export function pageSize(text: string): number {
  const size = whole(text)
  if (size >= 1 && size <= 100) return size
  throw new InvalidArgumentError('It must be 1 … 100.')
}

export function milliseconds(text: string): number {
  const [, number, unit] = /^(\d{1,7})(ms|s|m|h|d)$/.exec(text) ?? []
  const factor = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit ?? '']
  if (factor === undefined) throw new InvalidArgumentError('It must be a duration such as 90s, 30m or 2h.')
  return Number(number) * factor
}

/** Dollars, as micro-dollars: `5`, `$0.25`. */
export function dollars(text: string): number {
  const [, whole, fraction = ''] = /^\$?(\d{1,9})(?:\.(\d{1,6}))?$/.exec(text) ?? []
  if (whole === undefined) throw new InvalidArgumentError('It must be dollars, such as 5 or 0.25.')
  return Number(whole) * 1_000_000 + Number(fraction.padEnd(6, '0'))
}

/** As `dollars`, or `none` for no limit. */
export const dollarsOrNone = (text: string): number | 'none' => (text === 'none' ? text : dollars(text))

export type Preference = { quality: number; cost: number; latency: number }

/** `quality=0.7,cost=0.2,latency=0.1`; what is left out weighs nothing. */
export function preference(text: string): Preference {
  const weights = { quality: 0, cost: 0, latency: 0 }
  for (const part of text.split(',')) {
    const [, name, weight] = /^\s*(quality|cost|latency)=(0|1|0?\.\d+|1\.0+)\s*$/.exec(part) ?? []
    if (name === undefined)
      throw new InvalidArgumentError('It must be weights from 0 to 1, such as quality=0.7,cost=0.2,latency=0.1.')
    weights[name as keyof Preference] = Number(weight)
  }
  if (weights.quality + weights.cost + weights.latency === 0)
    throw new InvalidArgumentError('One must weigh something.')
  return weights
}
