/** Constants, bounds and lengths that are a little off. */
import type { Hints } from '../failures.ts'
import { type Operator, type Replacement, substitution } from './operator.ts'

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

export const numbers: readonly Operator[] = [
  substitution('constant', /(?<![\w.$])\d[\d_]*(?:\.\d+)?(?![\w.])/g, (found, { hints }) => constants(found[0], hints)),
  substitution('index', /\[-?\d+\]/g, found =>
    found[0] === '[0]' ? [['[-1]', 0.4]] : found[0] === '[-1]' ? [['[0]', 0.5]] : [],
  ),
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
]
