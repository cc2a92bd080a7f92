/**
 * What a task writes while a model answers: a heading for each call, then what it thinks, says and calls, as it forms.
 * The message that comes of it is an event; until then this is all there is.
 */
export type Section = { readonly kind: 'text' | 'thinking' | 'call'; readonly name: string; readonly text: string }
export type LiveCall = { readonly purpose: string; readonly model: string; readonly sections: readonly Section[] }

/** Characters of a section that are read; of a longer one, the newest. */
const keptCharacters = 6_000

const heading = /(?:^|\n)── (.+?) · (\S+) ──\n/g
const section = /(?:^|\n)\[([a-z_][\w.-]*)(?: ([\w-]{1,12}))?\] /gi

/** The marks under which parts of a reply stand; a tool call stands under its name and the end of its id. */
const marks: Readonly<Record<string, Section['kind']>> = { thinks: 'thinking', says: 'text' }

/** The newest call of a text; null where no model has begun to answer in it. */
export function liveCallOf(text: string): LiveCall | null {
  let found: RegExpExecArray | null = null
  for (let match = heading.exec(text); match !== null; match = heading.exec(text)) found = match
  if (found === null) return null
  const [whole, purpose = '', model = ''] = found
  return { purpose, model, sections: sectionsOf(text.slice(found.index + whole.length)) }
}

function sectionsOf(text: string): Section[] {
  const sections: Section[] = []
  let [kind, name, from]: [Section['kind'], string, number] = ['text', '', 0]
  const end = (to: number) => {
    const said = text.slice(from, to)
    if (said.trim() !== '') sections.push({ kind, name, text: said.slice(-keptCharacters) })
  }
  for (const match of text.matchAll(section)) {
    const [whole, word = '', id] = match
    const next = id !== undefined ? 'call' : (marks[word] ?? null)
    // Anything else between brackets was said so.
    if (next === null) continue
    end(match.index)
    ;[kind, name, from] = [next, word, match.index + whole.length]
  }
  end(text.length)
  return sections
}
