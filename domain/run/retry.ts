import type { RetryPolicy } from '../workflow.ts'

/** A number in [0, 1) from a seed and a salt: the same for the same two, so that a decision can be repeated (mulberry32). */
export function draw(seed: number, salt: number): number {
  let state = (seed + Math.imul(salt + 1, 0x9e3779b9)) >>> 0
  state = (state + 0x6d2b79f5) >>> 0
  let mixed = Math.imul(state ^ (state >>> 15), state | 1)
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}

/** Milliseconds to wait after the given attempt (from 1) failed: exponential, capped, with a random share taken off. */
export function backoff(policy: RetryPolicy, attempt: number, random: number): number {
  const full = Math.min(policy.maxBackoffMs, policy.backoffMs * policy.factor ** (attempt - 1))
  return Math.round(full * (1 - policy.jitter * random))
}
