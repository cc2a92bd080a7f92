/** The wrong function, its arguments in the wrong order, and what was forgotten around a call. */
import { type Operator, type Replacement, substitution } from './operator.ts'

/** Words of which one is easily taken for the other. */
const pairs = [
  ['min', 'max'],
  ['floor', 'ceil'],
  ['floor', 'round'],
  ['ceil', 'round'],
  ['push', 'unshift'],
  ['pop', 'shift'],
  ['startsWith', 'endsWith'],
  ['startswith', 'endswith'],
  ['some', 'every'],
  ['any', 'all'],
  ['toUpperCase', 'toLowerCase'],
  ['upper', 'lower'],
  ['indexOf', 'lastIndexOf'],
  ['find', 'rfind'],
  ['lstrip', 'rstrip'],
  ['trimStart', 'trimEnd'],
  ['trim', 'trimEnd'],
  ['strip', 'rstrip'],
  ['keys', 'values'],
  ['values', 'entries'],
  ['append', 'extend'],
  ['add', 'delete'],
  ['break', 'continue'],
  ['padStart', 'padEnd'],
  ['ljust', 'rjust'],
  ['replace', 'replaceAll'],
  ['let', 'const'],
] as const

const counterpart = (word: string): Replacement[] =>
  pairs.flatMap(([left, right]): Replacement[] =>
    word === left ? [[right, 0.8]] : word === right ? [[left, 0.8]] : [],
  )

export const calls: readonly Operator[] = [
  substitution('word', /(?<=[.\s(])(\w+)(?=\(|;|$)/g, found => counterpart(found[0])),
  substitution('operands', /([\w.]+(?:\[\w+\])?) (-|\/|%|\/\/) ([\w.]+(?:\[\w+\])?)/g, found => [
    [`${found[3]} ${found[2]} ${found[1]}`, 0.5],
  ]),
  substitution('arguments', /(?<!function |def |async )\b([\w.]+)\(([^(),]+), ([^(),]+)\)/g, (found, { code }) =>
    /^\s*(export |async |static )*(function|def)\b/.test(code)
      ? []
      : [[found[0].replace(/\((.+), (.+)\)$/, '($2, $1)'), 0.5]],
  ),
  substitution('await', /(?<==\s|return |\()(?<!await )(?!await|function|async)[\w.]+\(/g, (found, { hints }) =>
    hints.promise ? [[`await ${found[0]}`, 0.95]] : [],
  ),
  substitution('missing value', /(?<=\w|\)|\])\.(?=[A-Za-z_])/g, (_, { hints, language }) =>
    hints.nothing && language === 'script' ? [['?.', 0.5]] : [],
  ),
  {
    name: 'return',
    apply: ({ text, hints, isLast, code }) =>
      hints.nothing &&
      isLast &&
      /^\s*(?!return|throw|raise|if|for|while|else|const|let|\}|\))[\w(]/.test(code) &&
      !/ [-+*/]?= /.test(code)
        ? [{ text: text.replace(/^(\s*)/, '$1return '), weight: 0.8 }]
        : [],
  },
  {
    name: 'statement dropped',
    apply: ({ text, code }) =>
      /^\s*(continue|break|return)\b;?$|^\s*[\w.]+\([^()]*\);?$|^\s*\w+ [-+]= \w+;?$/.test(code)
        ? [{ text: text.replace(/\S.*$/, ''), weight: 0.2 }]
        : [],
  },
]
