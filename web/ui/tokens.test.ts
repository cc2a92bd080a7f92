/** Every text colour on every surface that it may stand on, light and dark: at least 4.5 : 1, as WCAG 2.2 AA asks. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const source = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const pair = /--([\w-]+): light-dark\(oklch\(([\d. ]+)\), oklch\(([\d. ]+)\)\);/g
const colours = new Map(
  [...source.matchAll(pair)].map(([, name, light, dark]) => [
    name ?? '',
    { light: luminance(light), dark: luminance(dark) },
  ]),
)

/** Relative luminance of `L C H`, through OKLab and linear sRGB. */
function luminance(oklch = ''): number {
  const [l = 0, c = 0, h = 0] = oklch.split(' ').map(Number)
  const [a, b] = [c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)]
  const [x, y, z] = [
    (l + 0.3963377774 * a + 0.2158037573 * b) ** 3,
    (l - 0.1055613458 * a - 0.0638541728 * b) ** 3,
    (l - 0.0894841775 * a - 1.291485548 * b) ** 3,
  ]
  const clamp = (value: number) => Math.min(1, Math.max(0, value))
  const red = clamp(4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z)
  const green = clamp(-1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z)
  const blue = clamp(-0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(text: string, ground: string, scheme: 'light' | 'dark'): number {
  const [one, other] = [colours.get(text)?.[scheme] ?? Number.NaN, colours.get(ground)?.[scheme] ?? Number.NaN]
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
}

const grounds = ['canvas', 'surface', 'raised', 'sunken', 'hover']
const texts = [
  'text',
  'text-muted',
  'text-faint',
  'accent',
  ...[...colours.keys()].filter(name => /^(tone|series)-/.test(name)),
]

test('the measure is right: black on white is 21 : 1', () => {
  expect((luminance('1 0 0') + 0.05) / (luminance('0 0 0') + 0.05)).toBeCloseTo(21, 3)
})

describe.each(['light', 'dark'] as const)('%s', scheme => {
  test.each(texts.flatMap(text => grounds.map(ground => [text, ground])))('%s on %s', (text, ground) => {
    expect(contrast(text, ground, scheme)).toBeGreaterThanOrEqual(4.5)
  })
  test.each(['text', 'text-muted', 'accent'])('%s on what is selected', text => {
    expect(contrast(text, 'selected', scheme)).toBeGreaterThanOrEqual(4.5)
  })
  test.each(['accent-solid', 'danger-solid'])('words on %s', ground => {
    expect(contrast('on-accent', ground, scheme)).toBeGreaterThanOrEqual(4.5)
  })
  test.each(grounds.flatMap(ground => ['focus', 'brass'].map(line => [line, ground])))(
    '%s on %s is seen',
    (line, ground) => {
      expect(contrast(line, ground, scheme)).toBeGreaterThanOrEqual(3)
    },
  )
})
