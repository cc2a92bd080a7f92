/** How the programs of an agent's tools are asked and answer: one JSON request on stdin, one `{text, isError}` on stdout. */
import { readFileSync } from 'node:fs'
import { writeAll } from './report.mjs'

/** What is wrong with a request, as a text for whoever made it. */
export class Refusal extends Error {}

/**
 * Answers the request. A refusal is an answer; anything else that is thrown is a fault of this program.
 * @param {(request: any) => string} work
 */
export function answer(work) {
  const request = JSON.parse(readFileSync(0, 'utf8'))
  let said
  try {
    said = { text: work(request), isError: false }
  } catch (error) {
    said = { text: complaint(error), isError: true }
  }
  writeAll(JSON.stringify(said))
}

/** @param {any} error */
function complaint(error) {
  if (error instanceof Refusal) return error.message
  if (error?.code === 'ENOSPC') return 'The workspace is full. Remove what is not needed.'
  if (typeof error?.code === 'string') return `This failed: ${error.message}`
  throw error
}
