/** Colours of code: which languages are known, and lines as tokens. It runs in a worker: a long file takes its time. */
import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore } from 'shiki/core'
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript'

/** Places in a line, in order: up to `to` it is of this kind; null is plain text. */
export type LineTokens = readonly { readonly to: number; readonly kind: string | null }[]

const languages = {
  css: () => import('shiki/langs/css.mjs'),
  go: () => import('shiki/langs/go.mjs'),
  html: () => import('shiki/langs/html.mjs'),
  json: () => import('shiki/langs/json.mjs'),
  python: () => import('shiki/langs/python.mjs'),
  shellscript: () => import('shiki/langs/shellscript.mjs'),
  sql: () => import('shiki/langs/sql.mjs'),
  tsx: () => import('shiki/langs/tsx.mjs'),
  yaml: () => import('shiki/langs/yaml.mjs'),
} as const
export type Language = keyof typeof languages

const theme = createCssVariablesTheme({ name: 'page', variablePrefix: '--page-', fontStyle: false })
const engine = createJavaScriptRegexEngine({ forgiving: true })
/** A longer line stays plain. */
const longestLine = 1_000
/** Milliseconds for one line. The first one compiles the grammar, which on a busy machine takes most of a second. */
const longestTime = 10_000

export type Highlight = (language: Language, lines: readonly string[]) => Promise<LineTokens[]>

/** Loads what it needs when it is needed. */
export function createHighlight(): Highlight {
  let made: Promise<HighlighterCore> | null = null
  const loaded = new Map<Language, Promise<void>>()
  return async (language, lines) => {
    made ??= createHighlighterCore({ engine, themes: [theme], langs: [] })
    const core = await made
    // Asked for many hunks at once, a grammar is loaded once.
    const loading = loaded.get(language) ?? core.loadLanguage(languages[language])
    loaded.set(language, loading)
    await loading
    const { tokens } = core.codeToTokens(lines.join('\n'), {
      lang: language,
      theme: 'page',
      tokenizeMaxLineLength: longestLine,
      tokenizeTimeLimit: longestTime,
    })
    return tokens.map(line => {
      let to = 0
      return line.map(({ content, color }) => {
        to += content.length
        return { to, kind: /^var\(--page-token-([\w-]+)\)$/.exec(color ?? '')?.[1] ?? null }
      })
    })
  }
}
