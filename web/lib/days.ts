/** How far figures look back, as it stands in an address. */
export const dayChoices = [1, 7, 30, 90, 365] as const
export type Days = (typeof dayChoices)[number]
export const defaultDays: Days = 30

/** Takes what can be chosen; anything else is left out. */
export const parseDays = (value: unknown): { days?: Days } => {
  const days = dayChoices.find(one => one === value)
  return days === undefined || days === defaultDays ? {} : { days }
}

export const daysWord = (days: Days): string =>
  days === 1 ? 'last day' : days === 365 ? 'last year' : `last ${days} days`
