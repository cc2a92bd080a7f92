/** One sign in the place of another, and conditions the wrong way round. */
import { type Operator, substitution, table } from './operator.ts'

export const symbols: readonly Operator[] = [
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
]
