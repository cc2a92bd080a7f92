/** What shows how a result came about: sources, plans and checks, money, and judgements of candidates. */
import { z } from 'zod'

const line = z.string().trim().min(1).max(500)
const text = z.string().trim().min(1).max(8_000)
const simulated = z.boolean().default(false).describe('Leave this out.')
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'is not a sha256')
const count = z.number().int().nonnegative()

/** A statement and the words that it rests on. A quote that does not stand in the fetched text makes a claim worthless. */
export const Claim = z.object({
  text: line,
  url: z.url().max(2_000),
  quote: text.describe('Word for word from the page that you fetched.'),
  hash: sha256.nullable().default(null).describe('The sha256 that the fetch tool printed for the text.'),
})
export type Claim = z.infer<typeof Claim>

export const ResearchNote = z.object({
  question: text,
  answer: text,
  claims: z.array(Claim).max(100).default([]),
  contradictions: z.array(line).max(50).default([]).describe('Where sources disagree.'),
  notFound: z.array(line).max(50).default([]).describe('What you looked for and did not find.'),
  simulated,
})
export type ResearchNote = z.infer<typeof ResearchNote>

/** What an agent meant to do, and what it found when it compared its work with that. */
export const Reasoning = z.object({
  plan: z.array(line).max(50),
  checks: z
    .array(
      z.object({
        what: line,
        outcome: z.enum(['met', 'not-met', 'unknown']),
        evidence: z.string().max(4_000).default(''),
      }),
    )
    .max(100)
    .default([]),
  /** Samples that were drawn where the step asked for self-consistency, and what the minority said. */
  samples: count.default(0),
  dissent: z.array(text).max(20).default([]),
  simulated,
})
export type Reasoning = z.infer<typeof Reasoning>

/** What a run cost, call by call, in micro-dollars. */
export const RunLedger = z.object({
  calls: z
    .array(
      z.object({
        taskIndex: count,
        agent: z.string().max(200),
        purpose: z.string().max(200),
        model: z.string().max(200),
        input: count,
        cacheRead: count,
        cacheWrite: count,
        output: count,
        micros: count,
        certainty: z.enum(['known', 'unknown']),
      }),
    )
    .max(10_000),
  spentMicros: count,
  /** null: no limit of its own. */
  limitMicros: count.nullable(),
  simulated,
})
export type RunLedger = z.infer<typeof RunLedger>

export const Candidate = z.object({
  /** What the judges saw it as: a letter, without its author. */
  name: z.string().max(20),
  taskIndex: count.nullable(),
  tests: z.object({ passed: count, failed: count }).nullable(),
  /** Why it takes no part; null where it does. */
  lost: z.string().max(500).nullable(),
})

/** One judge's preference between candidates, drawn in both orders. */
export const Vote = z.object({
  judge: z.string().max(200),
  /** In one order and in the other; null where the judge had no preference or failed. */
  first: z.string().max(20).nullable(),
  second: z.string().max(20).nullable(),
  /** What both orders agree on; null where the preference followed the position. */
  prefers: z.string().max(20).nullable(),
  reason: z.string().max(4_000),
})
export type Vote = z.infer<typeof Vote>

/** The choice between independent candidates: tests first, then judges. */
export const Judgement = z.object({
  candidates: z.array(Candidate).min(1).max(20),
  votes: z.array(Vote).max(100),
  winner: z.string().max(20).nullable(),
  reason: z.string().max(4_000),
  /** The share of votes with a preference that went to the winner; null where there was none. */
  agreement: z.number().min(0).max(1).nullable(),
  dissent: z.array(z.string().max(4_000)).max(100),
  simulated,
})
export type Judgement = z.infer<typeof Judgement>
