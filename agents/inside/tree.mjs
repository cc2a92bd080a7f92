/** What stands in a tree of files: how many, how large, in which languages. */
import { lstatSync, lutimesSync, readdirSync, readFileSync } from 'node:fs'
import { languageOf } from './languages.mjs'
import { isBinary, walk } from './walk.mjs'

const countedBytes = 1_024 * 1_024

/** @param {string} root */
export function describeTree(root) {
  const languages = new Map()
  const present = new Set()
  let bytes = 0
  let binaryFiles = 0
  for (const path of walk(root, { enterForeign: true })) {
    const whole = `${root}/${path}`
    const { size } = lstatSync(whole)
    present.add(path)
    bytes += size
    const language = languageOf(path)
    if (isBinary(whole)) {
      binaryFiles += 1
    } else if (language !== undefined) {
      const entry = languages.get(language.language) ?? { language: language.language, files: 0, lines: 0 }
      entry.files += 1
      if (size <= countedBytes) entry.lines += linesIn(readFileSync(whole))
      languages.set(language.language, entry)
    }
  }
  const sorted = [...languages.values()].sort((left, right) => right.lines - left.lines)
  return { present, files: present.size, bytes, binaryFiles, languages: sorted }
}

/** @param {Buffer} bytes */
function linesIn(bytes) {
  let lines = bytes.length > 0 && bytes.at(-1) !== 10 ? 1 : 0
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines += 1
  return lines
}

/**
 * Gives everything the same time, so that one commit always packs to the same bytes.
 * @param {string} directory
 * @param {number} time in seconds
 */
export function setTimes(directory, time) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = `${directory}/${entry.name}`
    if (entry.isDirectory()) setTimes(path, time)
    lutimesSync(path, time, time)
  }
  lutimesSync(directory, time, time)
}
