/**
 * Records of a CSV text that comes in lines: the first names the fields. Quoted fields may hold commas and doubled quotes.
 * @param {AsyncIterable<string> | Iterable<string>} lines
 */
export async function* readCsv(lines) {
  /** @type {string[] | null} */
  let names = null
  let line = 0
  for await (const text of lines) {
    line += 1
    if (text.trim() === '') continue
    const fields = fieldsOf(text)
    if (names === null) names = fields
    else yield { line, record: Object.fromEntries(names.map((name, index) => [name, fields[index] ?? ''])) }
  }
}

/** @param {string} text */
export function fieldsOf(text) {
  const fields = ['']
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '"' && quoted && text[at + 1] === '"') fields[fields.length - 1] += text[at++]
    else if (character === '"') quoted = !quoted
    else if (character === ',' && !quoted) fields.push('')
    else fields[fields.length - 1] += character
  }
  return fields.map(field => field.trim())
}
