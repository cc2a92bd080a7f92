import { createHighlight, type Language } from './highlight.ts'

const highlight = createHighlight()

/** Asked with numbered lines, answers with their numbered tokens; null where they could not be read. */
self.onmessage = async (message: MessageEvent<{ id: number; language: Language; lines: string[] }>) => {
  const { id, language, lines } = message.data
  self.postMessage({ id, tokens: await highlight(language, lines).catch(() => null) })
}
