/** Source text as lines, with what is code told apart from strings and comments, and the functions that stand in it. */

export type Language = 'script' | 'python'

export type SourceFile = { path: string; language: Language; lines: readonly string[]; code: readonly string[] }
/** Lines count from 0; `end` is the line after the last one. */
export type FunctionPlace = { name: string; start: number; end: number }

export const languageOf = (path: string): Language | null =>
  /\.py$/.test(path) ? 'python' : /\.[cm]?[jt]sx?$/.test(path) ? 'script' : null

export const isTestFile = (path: string): boolean =>
  /(^|\/)(tests?|__tests__|specs?|conftest\.py)(\/|$)/.test(path) ||
  /\.(test|spec)\.[cm]?[jt]sx?$/.test(path) ||
  /(^|\/)(test_[^/]*|[^/]*_test)\.py$/.test(path)

export function readSource(path: string, text: string): SourceFile | null {
  const language = languageOf(path)
  if (language === null) return null
  const lines = text.split('\n')
  return { path, language, lines, code: codeOf(text, language).split('\n') }
}

/** The same text with the insides of strings and comments blanked, so that places stay what they are. */
function codeOf(text: string, language: Language): string {
  const pattern =
    language === 'python'
      ? /#[^\n]*|("""|''')[\s\S]*?\1|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g
      : /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g
  return text.replace(pattern, found => {
    const quote = /^["'`]/.test(found)
    // What is inserted into a template is code.
    if (found.startsWith('`')) return blankTemplate(found)
    const blank = found.replace(/[^\n]/g, ' ')
    return quote && !found.startsWith('"""') && !found.startsWith("'''")
      ? `${found[0]}${blank.slice(1, -1)}${found.at(-1)}`
      : blank
  })
}

const blankTemplate = (template: string): string =>
  template.replace(/(\$\{[^}]*\})|[^\n`]/g, (found, code?: string) => code ?? found.replace(/./g, ' '))

const definition: Record<Language, RegExp> = {
  script:
    /^\s*(?:export\s+)?(?:default\s+)?(?:(?:async\s+)?function\s*\*?\s*(\w+)|(?:const|let)\s+(\w+)\s*(?::[^=]+)?=\s*(?:async\s*)?(?:\(.*|\w+\s*=>.*|function\b.*)$|(?!(?:if|for|while|switch|catch|return|else)\b)(?:(?:public|private|protected|static|async|get|set|override|#)\s*)*(\w+)\s*\([^;]*\)\s*(?::[^{;]+)?\{\s*$)/,
  python: /^\s*(?:async\s+)?def\s+(\w+)/,
}

/** Found by their indentation, which is right for formatted code. */
export function functionsOf({ language, lines, code }: SourceFile): FunctionPlace[] {
  return code.flatMap((line, start) => {
    const found = definition[language].exec(line)
    const name = found?.slice(1).find(one => one !== undefined)
    if (name === undefined) return []
    const depth = indentOf(lines[start] ?? '')
    let end = start + 1
    while (end < lines.length && (isBlank(lines[end]) || indentOf(lines[end] ?? '') > depth)) end += 1
    return [{ name, start, end: Math.max(end, start + 1) }]
  })
}

const isBlank = (line: string | undefined): boolean => (line ?? '').trim() === ''
export const indentOf = (line: string): number => /^\s*/.exec(line)?.[0].length ?? 0

const words: Record<Language, RegExp> = {
  script:
    /^(const|let|var|function|return|if|else|for|while|of|in|new|await|async|export|import|from|default|class|extends|throw|try|catch|finally|switch|case|break|continue|typeof|instanceof|null|undefined|true|false|this|void|yield|type|interface|string|number|boolean|readonly|as|static|get|set|delete|do)$/,
  python:
    /^(def|return|if|elif|else|for|while|in|not|and|or|is|None|True|False|class|import|from|as|with|try|except|finally|raise|lambda|pass|break|continue|yield|global|nonlocal|assert|async|await|del|self|int|str|float|list|dict|set|tuple|bool)$/,
}

/** Names that stand in code, keywords left out. */
export const namesIn = (code: string, language: Language): string[] =>
  (code.match(/(?<![\w.$])[A-Za-z_$][\w$]*/g) ?? []).filter(name => !words[language].test(name))

/** Names behind a dot. */
export const propertiesIn = (code: string): string[] => code.match(/(?<=\w\)?\]?\??\.)[A-Za-z_$][\w$]*/g) ?? []
