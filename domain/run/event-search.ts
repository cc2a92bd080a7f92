/**
 * What it means that an event holds a text: in its type, in the name of who caused it, or anywhere in its data, names of
 * fields included, in any case. The text is a text and no pattern. Data is looked at as the JSON that it is stored as, so
 * bodies that are kept beside an event are not. `db/event-search.ts` asks Postgres for the same; a test compares both.
 */
import { cleanText } from './clean.ts'
import type { RecordedEvent } from './events.ts'

/** Characters of a text that is searched for. */
export const maxSearchLength = 200

/** The text as it is searched for: what no event can hold is cleaned out of it as it was out of them. Empty: nothing is. */
export const searchedText = (given: string): string => cleanText(given).trim()

/** A text as it stands inside of JSON. */
export const inJson = (text: string): string => JSON.stringify(text).slice(1, -1)

/** Finds the text, in any case. `flags` are added to those. */
export const patternOf = (text: string, flags = ''): RegExp =>
  new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`), `iu${flags}`)

/** Whether an event holds a searched text. */
export function holderOf(text: string): (event: RecordedEvent) => boolean {
  const [plain, escaped] = [patternOf(text), patternOf(inJson(text))]
  return ({ type, actor, data }) => plain.test(`${type} ${actor.name}`) || escaped.test(JSON.stringify(data))
}
