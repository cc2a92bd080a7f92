import type { Language } from './highlight.ts'

const byExtension: Readonly<Record<string, Language>> = {
  ...{ ts: 'tsx', tsx: 'tsx', mts: 'tsx', cts: 'tsx', js: 'tsx', jsx: 'tsx', mjs: 'tsx', cjs: 'tsx' },
  ...{ py: 'python', pyi: 'python', go: 'go', sql: 'sql', css: 'css', html: 'html', htm: 'html' },
  ...{ json: 'json', yaml: 'yaml', yml: 'yaml', sh: 'shellscript', bash: 'shellscript' },
}

/** By the name of the file; null where its colours are not known. */
export function languageOf(path: string): Language | null {
  const extension = /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? ''
  return Object.hasOwn(byExtension, extension) ? (byExtension[extension] ?? null) : null
}
