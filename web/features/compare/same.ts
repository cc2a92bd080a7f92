/**
 * What a reader would call the same. Two runs never take the same time to the millisecond: what lies within the noise is
 * neither gain nor loss, and no reason to call two tasks different.
 */
const within = (one: number, other: number, least: number, share: number): boolean =>
  Math.abs(one - other) < Math.max(least, share * Math.max(Math.abs(one), Math.abs(other)))

/** Milliseconds: a second, or a twentieth of the longer. */
export const sameTime = (one: number, other: number): boolean => within(one, other, 1_000, 0.05)
/** Micro-dollars: a tenth of a cent, or a twentieth of the dearer. */
export const sameMoney = (one: number, other: number): boolean => within(one, other, 1_000, 0.05)
/** From 0 to 1: what is read to two digits. */
export const sameScore = (one: number, other: number): boolean => within(one, other, 0.01, 0)
export const sameCount = (one: number, other: number): boolean => one === other
