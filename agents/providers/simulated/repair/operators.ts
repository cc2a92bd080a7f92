/**
 * Small changes to one line, of the kinds that mistakes are made of: general ones, that know nothing of any program. Each
 * says how often it is what was wrong, from 0 to 1; the hints of a failed assertion raise some of them.
 */
import { calls } from './operators/calls.ts'
import { names } from './operators/names.ts'
import { numbers } from './operators/numbers.ts'
import type { Operator, Rewrite, Site } from './operators/operator.ts'
import { symbols } from './operators/symbols.ts'
import { texts } from './operators/texts.ts'

const operators: readonly Operator[] = [...symbols, ...numbers, ...calls, ...texts, ...names]

/** Every change that an operator proposes for the line. */
export const rewritesOf = (site: Site): Rewrite[] =>
  operators
    .flatMap(({ name, apply }) => apply(site).map(rewrite => ({ operator: name, ...rewrite })))
    .filter(({ text }) => text !== site.text)
