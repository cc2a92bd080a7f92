/**
 * Small changes to one line, of the kinds that mistakes are made of: general ones, that know nothing of any program. Each
 * says how often it is what was wrong, from 0 to 1; the hints of a failed assertion raise some of them.
 */
import type { Hints } from './failures.ts'
import { type Language, namesIn, propertiesIn } from './source-code.ts'

export type Site = {
  text: string
  /** The same line with strings and comments blanked. */
  code: string
  language: Language
  hints: Hints
  /** Names in scope: parameters and locals of the function, and what the file defines or imports. */
  names: readonly string[]
  /** What stands behind a dot anywhere in the files that were read. */
  properties: readonly string[]
  /** Whether the line is the last of its function. */
  isLast: boolean
}
export type Rewrite = { operator: string; text: string; weight: number }
export type Operator = { name: string; apply(site: Site): { text: string; weight: number }[] }

type Replacement = readonly [by: string, weight: number]

/** An operator that replaces each place where the pattern stands in code. */
function substitution(
  name: string,
  pattern: RegExp,
  by: (found: RegExpMatchArray, site: Site) => readonly Replacement[],
): Operator {
  return {
    name,
    apply: site =>
      [...site.code.matchAll(pattern)].flatMap(found => {
        const [before, after] = [site.text.slice(0, found.index), site.text.slice(found.index + found[0].length)]
        // From the text rather than from the code, in which strings are blank.
        found[0] = site.text.slice(found.index, found.index + found[0].length)
        return by(found, site).map(([to, weight]) => ({ text: `${before}${to}${after}`, weight }))
      }),
  }
}

const table = (entries: Record<string, readonly Replacement[]>) => (found: RegExpMatchArray) =>
  (entries[found[1] ?? ''] ?? []).map(([to, weight]): Replacement => [found[0].replace(found[1] ?? '', to), weight])

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

const numberIn = (text: string | null): number | null =>
  text !== null && /^-?\d+(\.\d+)?n?$/.test(text.trim()) ? Number.parseFloat(text) : null

/** A constant that would explain the difference between what came and what was expected. */
function constants(written: string, { actual, expected }: Hints): Replacement[] {
  const value = Number(written.replaceAll('_', ''))
  const [was, wanted] = [numberIn(actual), numberIn(expected)]
  const explained =
    was === null || wanted === null
      ? []
      : [value + wanted - was, value + was - wanted, wanted, was === 0 ? value : (value * wanted) / was]
  const near = Number.isInteger(value) ? [value - 1, value + 1] : [1 - value]
  const shorter = /^\d{2,}$/.test(written) ? [Number(written.slice(1)), Number(written.slice(0, -1))] : []
  const plain = [0, 1, 10, 100, 1_000].filter(
    one => one !== value && value !== 0 && (one / value === 10 || value / one === 10),
  )
  return [
    ...explained.map((one): readonly [number, number] => [Number(one.toFixed(6)), 0.7]),
    ...near.map((one): readonly [number, number] => [Number(one.toFixed(6)), 0.55]),
    ...shorter.map((one): readonly [number, number] => [one, 0.35]),
    ...plain.map((one): readonly [number, number] => [one, 0.4]),
  ].flatMap(([one, weight]): Replacement[] =>
    one < 0 || one === value || !Number.isFinite(one) ? [] : [[String(one), weight]],
  )
}

/** The part in which two texts differ. */
function difference(left: string, right: string): readonly [string, string] {
  let start = 0
  while (start < left.length && left[start] === right[start]) start += 1
  let end = 0
  while (end < Math.min(left.length, right.length) - start && left.at(-1 - end) === right.at(-1 - end)) end += 1
  return [left.slice(start, left.length - end), right.slice(start, right.length - end)]
}

const unquoted = (text: string): string => text.trim().replace(/^(['"`])(.*)\1$/, '$2')

const alike = (left: string, right: string): boolean => {
  const [a, b] = [left.toLowerCase(), right.toLowerCase()]
  return a !== b && (a.includes(b) || b.includes(a) || a.slice(0, 3) === b.slice(0, 3) || a.slice(-4) === b.slice(-4))
}

export const operators: readonly Operator[] = [
  substitution(
    'comparison',
    / (<=|>=|<|>) /g,
    table({
      '<': [
        ['<=', 0.9],
        ['>', 0.7],
        ['>=', 0.4],
      ],
      '<=': [
        ['<', 0.9],
        ['>=', 0.7],
        ['>', 0.4],
      ],
      '>': [
        ['>=', 0.9],
        ['<', 0.7],
        ['<=', 0.4],
      ],
      '>=': [
        ['>', 0.9],
        ['<=', 0.7],
        ['<', 0.4],
      ],
    }),
  ),
  substitution(
    'equality',
    / (===|!==|==|!=|is not|is|not in|in) /g,
    table({
      '===': [['!==', 0.8]],
      '!==': [['===', 0.8]],
      '==': [['!=', 0.8]],
      '!=': [['==', 0.8]],
      'is not': [['is', 0.7]],
      is: [['is not', 0.7]],
      'not in': [['in', 0.7]],
    }),
  ),
  substitution('arithmetic', / (\+|-|\*\*|\*|\/\/|\/|%) /g, (found, { language }) =>
    table({
      '+': [
        ['-', 0.8],
        ['*', 0.4],
      ],
      '-': [
        ['+', 0.8],
        ['/', 0.2],
      ],
      '*': [
        ['/', 0.7],
        ['+', 0.5],
        ...(language === 'python'
          ? ([
              ['**', 0.2],
              ['//', 0.5],
            ] as const)
          : []),
      ],
      '/': [['*', 0.7], ['%', 0.4], ...(language === 'python' ? ([['//', 0.7]] as const) : [])],
      '//': [
        ['/', 0.7],
        ['%', 0.5],
        ['*', 0.4],
      ],
      '%': [['/', 0.7], ...(language === 'python' ? ([['//', 0.6]] as const) : [])],
      '**': [['*', 0.6]],
    })(found),
  ),
  substitution(
    'assignment',
    / (\+=|-=|\*=|\/=|=) (?!>)/g,
    table({
      '+=': [
        ['-=', 0.8],
        ['=', 0.6],
      ],
      '-=': [
        ['+=', 0.8],
        ['=', 0.4],
      ],
      '*=': [
        ['/=', 0.6],
        ['+=', 0.4],
      ],
      '/=': [['*=', 0.6]],
      '=': [['+=', 0.25]],
    }),
  ),
  substitution('assignment in a condition', /(?<=\b(?:if|while) \([^()=<>!]*) = /g, () => [
    [' === ', 0.95],
    [' <= ', 0.6],
  ]),
  substitution('step', /(\+\+|--)/g, table({ '++': [['--', 0.7]], '--': [['++', 0.7]] })),
  substitution(
    'logic',
    / (&&|\|\||\?\?|and|or) /g,
    table({
      '&&': [['||', 0.8]],
      '||': [
        ['&&', 0.8],
        ['??', 0.6],
      ],
      '??': [['||', 0.6]],
      and: [['or', 0.8]],
      or: [['and', 0.8]],
    }),
  ),
  substitution(
    'truth',
    /\b(true|false|True|False)\b/g,
    table({ true: [['false', 0.75]], false: [['true', 0.75]], True: [['False', 0.75]], False: [['True', 0.75]] }),
  ),
  substitution('negation dropped', /(?<![=!])!(?=[\w(])|\bnot (?!in\b)/g, () => [['', 0.8]]),
  substitution(
    'negation added',
    /(?<=\b(?:if|while) \()(?!!)(?=.*\)\s*(?:\{|return|continue|break|throw))|(?<=^\s*(?:if|elif|while) )(?!not )/g,
    ({ index }, { code, language }) =>
      language === 'script'
        ? /^\w[\w.]*(\([^()]*\))?\)/.test(code.slice(index))
          ? [['!', 0.6]]
          : []
        : /^\w[\w.]*(\([^()]*\))?:/.test(code.slice(index))
          ? [['not ', 0.6]]
          : [],
  ),
  substitution('negation added', /(?<=\breturn )(?!!|not )(?=[\w.]+(\([^()]*\))?$)/g, (_, { language, hints }) =>
    /^(true|false)$/i.test(hints.expected ?? '') ? [[language === 'script' ? '!' : 'not ', 0.6]] : [],
  ),
  substitution('constant', /(?<![\w.$])\d[\d_]*(?:\.\d+)?(?![\w.])/g, (found, { hints }) => constants(found[0], hints)),
  substitution('index', /\[-?\d+\]/g, found =>
    found[0] === '[0]' ? [['[-1]', 0.4]] : found[0] === '[-1]' ? [['[0]', 0.5]] : [],
  ),
  substitution('word', /(?<=[.\s(])(\w+)(?=\(|;|$)/g, found => counterpart(found[0])),
  substitution('length', /\.length\b(?: [-+] 1)?/g, found =>
    found[0] === '.length'
      ? [
          ['.length - 1', 0.5],
          ['.length + 1', 0.3],
        ]
      : [['.length', 0.7]],
  ),
  substitution('length', /\blen\(\w+\)(?: [-+] 1)?/g, found =>
    / 1$/.test(found[0])
      ? [[found[0].slice(0, -4), 0.7]]
      : [
          [`${found[0]} - 1`, 0.5],
          [`${found[0]} + 1`, 0.3],
        ],
  ),
  substitution('surplus', /(?<=[\w)\]]) [-+] 1\b/g, () => [['', 0.7]]),
  substitution('surplus', /(?<=[\w)\]]) [-+*/] [\w.]+(?=[\s);,]|$)/g, () => [['', 0.3]]),
  substitution('range', /\brange\(([^(),]+)\)/g, found => [
    [`range(${found[1]} + 1)`, 0.6],
    [`range(1, ${found[1]})`, 0.4],
  ]),
  substitution('range', /\brange\(([^(),]+), ([^()]+)\)/g, found => [
    [`range(${found[1]}, ${found[2]} + 1)`, 0.6],
    [`range(${found[2]})`, 0.2],
  ]),
  substitution('off by one', /(?<=(?:\breturn|<=?|>=?|-|\+|,|\[|:) ?)[A-Za-z_]\w*(?:\.\w+)*(?=\)|\]|;|:|$)/g, found => [
    [`${found[0]} + 1`, 0.22],
    [`${found[0]} - 1`, 0.22],
  ]),
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
  {
    name: 'text',
    apply: ({ text, hints: { actual, expected } }) => {
      if (actual === null || expected === null) return []
      const [was, wanted] = difference(unquoted(actual), unquoted(expected))
      return [...text.matchAll(/(['"`])(.*?)\1/g)].flatMap(({ 0: found, 1: quote = '', 2: inner = '', index }) => {
        const by =
          was !== '' && inner.includes(was)
            ? inner.replace(was, wanted)
            : inner === unquoted(actual)
              ? unquoted(expected)
              : was === '' && inner !== ''
                ? inner + wanted
                : null
        if (by === null || by === inner || by.includes(quote)) return []
        return [{ text: text.slice(0, index) + quote + by + quote + text.slice(index + found.length), weight: 0.7 }]
      })
    },
  },
  {
    name: 'name',
    apply: site => names(site),
  },
]

/** Another name of the same scope in the place of one. */
function names({ text, code, language, hints, names, properties }: Site): { text: string; weight: number }[] {
  const swap = (name: string, others: readonly string[], behindDot: boolean) => {
    const pattern = new RegExp(behindDot ? `(?<=\\.)${name}\\b` : `(?<![\\w.$])${name}\\b`, 'g')
    const weightOf = (other: string) =>
      hints.missing.includes(name)
        ? alike(name, other)
          ? 0.95
          : 0.5
        : hints.missing.includes(other)
          ? 0.6
          : alike(name, other)
            ? 0.35
            : 0.2
    return [...code.matchAll(pattern)].flatMap(({ index }) =>
      others
        .filter(other => other !== name)
        .map(other => ({
          text: text.slice(0, index) + other + text.slice(index + name.length),
          weight: weightOf(other),
        })),
    )
  }
  const isDefinition =
    /^\s*(import|from|export \{|(export )?(async )?function|(async )?def|class|interface|type)\b/.test(code)
  if (isDefinition) return []
  return [
    ...[...new Set(namesIn(code, language))].flatMap(name => swap(name, names, false)),
    ...[...new Set(propertiesIn(code))].flatMap(name => swap(name, properties, true)),
  ]
}

/** Every change that an operator proposes for the line. */
export const rewritesOf = (site: Site): Rewrite[] =>
  operators
    .flatMap(({ name, apply }) => apply(site).map(rewrite => ({ operator: name, ...rewrite })))
    .filter(({ text }) => text !== site.text)
