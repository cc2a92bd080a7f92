/** Python's unittest with our result class. */
import { jsonLines, Line, type Parser } from './told.ts'

export const parseUnittest: Parser = text =>
  jsonLines(text, Line).map(line => ({ ...line, line: placeInTraceback(line.message ?? '', line.file) ?? line.line }))

/** The last line of the test's own file in a traceback. */
function placeInTraceback(message: string, file: string | null | undefined): number | null {
  if (!file) return null
  const places = [...message.matchAll(/File "([^"\n]+)", line (\d+)/g)]
  const last = places.findLast(([, path = '']) => path.endsWith(file))?.[2]
  return last === undefined ? null : Number(last)
}
