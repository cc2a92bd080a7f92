/**
 * @typedef {Record<string, unknown>} Row
 * @typedef {(row: Row) => Row} Step throws an Error with the reason where a record is to be refused
 */

/** @param {string} name @returns {Step} */
export const required = name => row => {
  if (row[name] === undefined || row[name] === '') throw new Error(`${name} is missing`)
  return row
}

/** @param {string} name @returns {Step} */
export const toNumber = name => row => {
  const value = Number(row[name])
  if (row[name] === '' || !Number.isFinite(value)) throw new Error(`${name} is not a number`)
  return { ...row, [name]: value }
}

/** @type {readonly Step[]} */
export const steps = [required('id'), toNumber('amount')]
