/**
 * Where this copy of the project lies. Everything under `setup/` is plain JavaScript without dependencies, because it
 * runs before `node_modules` exists.
 */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The absolute path of the checkout. */
export const checkout = dirname(dirname(fileURLToPath(import.meta.url)))

/** @param {...string} parts @returns {string} an absolute path inside the checkout */
export const inCheckout = (...parts) => join(checkout, ...parts)
