/** What a team of agents hands from one to the next, to look at the page with. */

import type { ArtifactKind } from '../../domain/artifact.ts'
import type { Judgement, Reasoning, ResearchNote, RunLedger } from '../../domain/evidence.ts'
import type { Json } from '../../domain/json.ts'
import { scoreOf } from '../../domain/quality.ts'
import type { ChangeSummary, CodePatch, DesignDoc, Plan, ReviewReport, SpecDoc, TestPlan } from '../../domain/work.ts'

export type StoryBody = {
  kind: ArtifactKind
  title: string
  mediaType: string
  body: string | Uint8Array
  score: number | null
  parts: Json
}

/** A body that is JSON of ours, scored as a real one is. */
export function jsonBody(kind: ArtifactKind, title: string, body: object): StoryBody {
  const score = scoreOf(kind, body)
  return {
    kind,
    title,
    mediaType: 'application/json',
    body: JSON.stringify(body),
    score: score?.score ?? null,
    parts: (score?.parts ?? null) as unknown as Json,
  }
}

const base = '4f1c0d2a7be95c3310d6a0b8e2c4c1d9f0a7e611'

export const spec: SpecDoc = {
  summary: 'Totals of an order are rounded once, at the end, so that the sum of the lines and the total agree.',
  requirements: [
    {
      key: 'round-once',
      text: 'The total of an order is rounded after tax and discounts, and nowhere before.',
      acceptance: ['An order of three lines at 0.335 has a total of 1.01', 'No line holds a rounded amount'],
    },
    {
      key: 'half-even',
      text: 'Halves are rounded to even, as the invoices already do.',
      acceptance: ['2.345 becomes 2.34, and 2.355 becomes 2.36'],
    },
  ],
  outOfScope: ['Currencies without minor units'],
  assumptions: ['Amounts are numbers in the currency’s major unit'],
  openQuestions: [],
  simulated: false,
}

export const plan: Plan = {
  summary: 'Move the rounding into one function and call it where the total leaves the module.',
  steps: [
    {
      key: 'one-rounding',
      title: 'Give rounding a function of its own',
      agent: 'code-generator',
      needs: [],
      goal: 'Add `roundHalfEven` to src/money.ts. Remove Math.round from src/orders/pricing.ts.',
      acceptance: ['src/orders/pricing.ts holds no Math.round'],
      files: ['src/money.ts', 'src/orders/pricing.ts'],
    },
    {
      key: 'tests',
      title: 'Hold it with tests',
      agent: 'test-writer',
      needs: ['one-rounding'],
      goal: 'Cover halves, negative amounts and an order of many small lines.',
      acceptance: ['The tests fail without the change'],
      files: ['src/orders/pricing.test.ts'],
    },
  ],
  risks: ['Invoices that were written before differ by a cent from what is computed now'],
  notPlanned: ['Migrating stored totals'],
  simulated: false,
}

const design: DesignDoc = {
  summary: 'Rounding is a property of money, not of orders.',
  decisions: [
    {
      title: 'Where amounts are rounded',
      choice: 'In `roundHalfEven`, called by `totalOf` alone.',
      why: 'Two roundings were the fault; one place cannot disagree with itself.',
      alternatives: ['A Money class', 'Integers of minor units everywhere'],
    },
  ],
  components: [{ name: 'money', responsibility: 'Amounts and how they are rounded.', files: ['src/money.ts'] }],
  interfaces: 'export function roundHalfEven(amount: number, digits?: number): number',
  risks: [],
  simulated: false,
}

/** With the numbers of lines of each hunk set right: who writes a diff by hand miscounts. */
const counted = (diff: string): string =>
  diff.replace(
    /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@(.*)\n((?:[ +-](?!-- |\+\+ ).*\n?)*)/gm,
    (_, from, to, head, body: string) => {
      const lines = body.replace(/\n$/, '').split('\n')
      const of = (sign: string) => lines.filter(line => line.startsWith(sign) || line.startsWith(' ')).length
      return `@@ -${from},${of('-')} +${to},${of('+')} @@${head}\n${body}`
    },
  )

const diffText = (second: boolean) =>
  counted(`diff --git a/src/money.ts b/src/money.ts
index 4e5d228..ba73e7a 100644
--- a/src/money.ts
+++ b/src/money.ts
@@ -1,6 +1,${second ? 15 : 11} @@
 /** Amounts of money, in the major unit of their currency. */
 export type Amount = number
 
+/** Halves go to the even neighbour, so that many roundings do not drift. */
+export function roundHalfEven(amount: Amount, digits = 2): Amount {
+  const scale = 10 ** digits
+${
    second
      ? `  const scaled = amount * scale
+  const floor = Math.floor(scaled)
+  const rest = scaled - floor
+  if (Math.abs(rest - 0.5) > 1e-9) return Math.round(scaled) / scale
+  return (floor % 2 === 0 ? floor : floor + 1) / scale
+}`
      : `  return Math.round(amount * scale) / scale
+}`
  }
 export const zero: Amount = 0
 export const add = (a: Amount, b: Amount): Amount => a + b
 export const isNegative = (amount: Amount): boolean => amount < 0
diff --git a/src/orders/pricing.ts b/src/orders/pricing.ts
index 77ab210..90cc1e2 100644
--- a/src/orders/pricing.ts
+++ b/src/orders/pricing.ts
@@ -1,14 +1,15 @@
-import { add, type Amount } from '../money.ts'
+import { add, roundHalfEven, type Amount } from '../money.ts'
 import type { Line, Order } from './order.ts'
 
 /** What a line costs before tax. */
 export function priceOf(line: Line): Amount {
-  return Math.round(line.price * line.count * 100) / 100
+  return line.price * line.count
 }
 
 export function totalOf(order: Order): Amount {
   const net = order.lines.map(priceOf).reduce(add, 0)
-  const taxed = Math.round(net * (1 + order.taxRate) * 100) / 100
-  return Math.round((taxed - order.discount) * 100) / 100
+  const taxed = net * (1 + order.taxRate)
+  return roundHalfEven(taxed - order.discount)
 }
@@ -42,9 +43,9 @@ export function applyDiscounts(order: Order)
   for (const discount of order.discounts) {
-      if (discount.kind === 'percent') {
-          amount -= amount * discount.value
-      }
+    if (discount.kind === 'percent') {
+      amount -= amount * discount.value
+    }
   }
   return amount
 }
${
  second
    ? `diff --git a/src/orders/pricing.test.ts b/src/orders/pricing.test.ts
new file mode 100644
index 0000000..c0ffee1
--- /dev/null
+++ b/src/orders/pricing.test.ts
@@ -0,0 +1,9 @@
+import { expect, test } from 'vitest'
+import { roundHalfEven } from '../money.ts'
+
+test.each([
+  [2.345, 2.34],
+  [2.355, 2.36],
+])('%d is rounded to %d', (amount, rounded) => {
+  expect(roundHalfEven(amount)).toBe(rounded)
+})
`
    : ''
}`)

export const patchHash = 'd1'.repeat(32)
const patch = (second: boolean): CodePatch => ({
  base,
  commit: second ? '90cc1e2a7be95c3310d6a0b8e2c4c1d9f0a7e612' : '77ab210a7be95c3310d6a0b8e2c4c1d9f0a7e613',
  branch: null,
  published: null,
  files: [
    { path: 'src/money.ts', from: null, status: 'modified', added: second ? 9 : 5, removed: 0 },
    { path: 'src/orders/pricing.ts', from: null, status: 'modified', added: 7, removed: 7 },
    ...(second
      ? [{ path: 'src/orders/pricing.test.ts', from: null, status: 'added' as const, added: 9, removed: 0 }]
      : []),
  ],
  added: second ? 25 : 12,
  removed: 7,
  commits: [
    {
      commit: second ? '90cc1e2a7be95c3310d6a0b8e2c4c1d9f0a7e612' : '77ab210a7be95c3310d6a0b8e2c4c1d9f0a7e613',
      message: 'Round the total of an order once\n\nTwo roundings made lines and total disagree.\n\nOrrery-Task: 3',
    },
  ],
  diff: { hash: second ? patchHash : 'd0'.repeat(32), bytes: diffText(second).length, text: diffText(second) },
  simulated: false,
})

export const changeDiff = diffText(true)

const review = (second: boolean): ReviewReport => ({
  verdict: second ? 'approve' : 'changes',
  summary: second
    ? 'Halves go to even now, and a test holds it.'
    : 'The new function rounds halves up, not to even, and nothing tests it.',
  findings: second
    ? []
    : [
        {
          severity: 'error',
          file: 'src/money.ts',
          line: 7,
          problem: 'Math.round rounds 2.345 up to 2.35. The specification asks for 2.34.',
          suggestion: 'Compare the rest with one half, and take the even neighbour.',
        },
        {
          severity: 'warning',
          file: 'src/orders/pricing.ts',
          line: 44,
          problem: 'The lines below are only indented anew.',
          suggestion: '',
        },
      ],
  checked: ['npm test: 212 passed, 0 failed', 'Read src/money.ts and src/orders/pricing.ts'],
  notChecked: ['Invoices that are stored already'],
  simulated: false,
})

const summary: ChangeSummary = {
  summary: 'Totals are rounded once. The sum of an order’s lines and its total agree.',
  changes: [
    { file: 'src/money.ts', what: 'roundHalfEven' },
    { file: 'src/orders/pricing.ts', what: 'rounds at the end' },
  ],
  verified: [{ what: 'All tests pass', how: 'npm test' }],
  notVerified: ['That no stored invoice changes'],
  testsAdded: ['src/orders/pricing.test.ts'],
  simulated: false,
}

const testPlan: TestPlan = {
  summary: 'Halves in both directions.',
  cases: [
    {
      name: '2.345 is rounded to 2.34',
      file: 'src/orders/pricing.test.ts',
      expected: 'the even neighbour',
      status: 'written',
      outcome: 'passes',
    },
    { name: 'an order of 1,000 lines', file: null, expected: 'no drift', status: 'planned', outcome: 'not-run' },
  ],
  reproduces: { test: 'totals agree', failure: 'AssertionError: expected 1.02 to be 1.01' },
  notCovered: ['Negative totals'],
  simulated: false,
}

const research: ResearchNote = {
  question: 'How do invoices have to be rounded?',
  answer: 'The rate of tax is applied to the sum, which is rounded once.',
  claims: [
    {
      text: 'Rounding once, on the sum, is allowed.',
      url: 'https://example.org/vat/rounding',
      quote: 'The tax may be computed on the total of the invoice and rounded once.',
      hash: 'c3'.repeat(32),
    },
    {
      text: 'Half to even is usual.',
      url: 'https://example.net/money',
      quote: 'Banker’s rounding is common.',
      hash: null,
    },
  ],
  contradictions: ['The second source calls half up usual in retail.'],
  notFound: ['A rule for discounts'],
  simulated: false,
}

const reasoning: Reasoning = {
  plan: ['Find every Math.round', 'Round once at the end', 'Run the tests'],
  checks: [
    { what: 'Nothing else rounds', outcome: 'met', evidence: 'search Math.round: no match in src/orders' },
    { what: 'Stored invoices agree', outcome: 'unknown', evidence: '' },
  ],
  samples: 3,
  dissent: ['One sample would have moved to integers of minor units.'],
  simulated: false,
}

const judgement: Judgement = {
  candidates: [
    { name: 'A', taskIndex: 3, tests: { passed: 212, failed: 0 }, lost: null },
    { name: 'B', taskIndex: 4, tests: { passed: 209, failed: 3 }, lost: 'its tests fail' },
  ],
  votes: [
    { judge: 'reviewer', first: 'A', second: 'A', prefers: 'A', reason: 'It changes less and says why.' },
    { judge: 'architect', first: 'A', second: 'B', prefers: null, reason: 'The preference followed the position.' },
  ],
  winner: 'A',
  reason: 'A passes all tests and is preferred in both orders.',
  agreement: 1,
  dissent: [],
  simulated: false,
}

const ledger: RunLedger = {
  calls: Array.from({ length: 6 }, (_, index) => ({
    taskIndex: index % 4,
    agent: ['spec-writer', 'project-manager', 'code-generator', 'reviewer'][index % 4] ?? '',
    purpose: 'work',
    model: 'anthropic/claude-opus',
    input: 1_200 * (index + 1),
    cacheRead: 300,
    cacheWrite: 0,
    output: 240 + index,
    micros: 8_100 * (index + 1),
    certainty: index === 4 ? 'unknown' : 'known',
  })),
  spentMicros: 170_100,
  limitMicros: 2_000_000,
  simulated: false,
}

export const changeBodies: Readonly<Record<string, StoryBody>> = {
  spec: jsonBody('SpecDoc', 'Specification', spec),
  research: jsonBody('ResearchNote', 'Research', research),
  plan: jsonBody('Plan', 'Plan', plan),
  design: jsonBody('DesignDoc', 'Design', design),
  reasoning: jsonBody('Reasoning', 'Reasoning', reasoning),
  patch1: jsonBody('CodePatch', 'Round the total once', patch(false)),
  summary: jsonBody('ChangeSummary', 'What was changed', summary),
  review1: jsonBody('ReviewReport', 'Review', review(false)),
  patch2: jsonBody('CodePatch', 'Round the total once', patch(true)),
  testPlan: jsonBody('TestPlan', 'Tests', testPlan),
  judgement: jsonBody('Judgement', 'Choice of a candidate', judgement),
  review2: jsonBody('ReviewReport', 'Review', review(true)),
  ledger: jsonBody('RunLedger', 'Costs', ledger),
}
