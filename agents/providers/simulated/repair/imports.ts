/** Which files of the repository a file imports, worked out from its text and from the list of paths. */
import { type Language, languageOf } from './source-code.ts'

export function importsOf(path: string, text: string, paths: readonly string[]): string[] {
  const language = languageOf(path)
  if (language === null) return []
  const found = specifiersIn(text, language).flatMap(one => resolved(one, path, language, paths))
  return [...new Set(found)].filter(one => one !== path)
}

function specifiersIn(text: string, language: Language): string[] {
  if (language === 'script')
    return [...text.matchAll(/(?:from|import|require\()\s*\(?\s*['"](\.[^'"]+)['"]/g)].map(
      ([, specifier = '']) => specifier,
    )
  const plain = [...text.matchAll(/^\s*import ([\w., ]+)/gm)].flatMap(([, names = '']) => names.split(','))
  const from = [...text.matchAll(/^\s*from (\.*[\w.]*) import \(?([\w\s,*]+)/gm)].flatMap(
    ([, module = '', names = '']) => [
      module,
      ...names.split(',').map(name => `${module}${module.endsWith('.') ? '' : '.'}${name.trim().split(/\s/)[0]}`),
    ],
  )
  return [...plain, ...from].map(one => one.trim().split(/\s/)[0] ?? '').filter(Boolean)
}

function resolved(specifier: string, from: string, language: Language, paths: readonly string[]): string[] {
  const directory = from.split('/').slice(0, -1)
  if (language === 'script') {
    const target = joined([...directory, ...specifier.split('/')])
    const stem = target.replace(/\.[cm]?[jt]sx?$/, '')
    const wanted = [
      target,
      ...['js', 'ts', 'mjs', 'cjs', 'mts', 'tsx', 'jsx'].flatMap(ext => [
        `${stem}.${ext}`,
        `${target}.${ext}`,
        `${target}/index.${ext}`,
      ]),
    ]
    return wanted.filter(one => paths.includes(one)).slice(0, 1)
  }
  const dots = /^\.*/.exec(specifier)?.[0].length ?? 0
  const steps = specifier.slice(dots).split('.').filter(Boolean)
  if (steps.length === 0) return []
  const base = dots === 0 ? [] : directory.slice(0, directory.length - dots + 1)
  const module = [...base, ...steps].join('/')
  return paths.filter(path =>
    [`${module}.py`, `${module}/__init__.py`].some(one => path === one || (dots === 0 && path.endsWith(`/${one}`))),
  )
}

function joined(steps: readonly string[]): string {
  const kept: string[] = []
  for (const step of steps) {
    if (step === '..') kept.pop()
    else if (step !== '.' && step !== '') kept.push(step)
  }
  return kept.join('/')
}
