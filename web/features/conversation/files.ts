/** Files that are handed in: their text, checked as the server will check it. */
export type GivenFile = { name: string; text: string }

export const mostFiles = 5
const mostCharacters = 64_000

/** What can be given along, and why the rest cannot. */
export async function readFiles(
  files: readonly Pick<File, 'name' | 'size' | 'text'>[],
  already: number,
): Promise<{ given: GivenFile[]; faults: string[] }> {
  const given: GivenFile[] = []
  const faults: string[] = []
  for (const file of files) {
    const name = file.name.slice(0, 200)
    if (already + given.length >= mostFiles) {
      faults.push(`${name}: at most ${mostFiles} files go with a message`)
      continue
    }
    // Four bytes are the most that a character takes: what is larger need not be read to be refused.
    const text = file.size > mostCharacters * 4 ? null : await file.text()
    if (text === null || text.length > mostCharacters) faults.push(`${name}: is longer than 64,000 characters`)
    else if (text.includes('\u0000')) faults.push(`${name}: is no text`)
    else given.push({ name, text })
  }
  return { given, faults }
}
