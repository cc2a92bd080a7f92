// @ts-check

/**
 * @param {number} left cents
 * @param {number} right cents
 */
export function addMoney(left, right) {
  return left + right
}

/**
 * @param {number} cents
 * @returns {string} for example `49.00 €`
 */
export function formatMoney(cents) {
  return `${(cents / 100).toFixed(2)} €`
}

/**
 * Shares cents out as evenly as they go; the first shares take what is left over.
 * @param {number} cents
 * @param {number} parts
 * @returns {number[]}
 */
export function share(cents, parts) {
  const each = Math.floor(cents / parts)
  const left = cents - each * parts
  return Array.from({ length: parts }, (_, index) => (index < left ? formatMoney(each + 1) : each))
}
