/** A diff without its changes of white space: lines that differ in nothing else become lines that are the same. */
import type { DiffFile, DiffHunk, DiffLine } from './diff.ts'

export const ignoreSpace = (files: readonly DiffFile[]): DiffFile[] => files.map(withoutSpace)

function withoutSpace(file: DiffFile): DiffFile {
  const hunks = file.hunks
    .map(({ lines, ...hunk }): DiffHunk => ({ ...hunk, lines: blocksOf(lines).flatMap(settled) }))
    .filter(({ lines }) => lines.some(isChange))
  const count = (kind: DiffLine['kind']) =>
    hunks.reduce((sum, { lines }) => sum + lines.filter(line => line.kind === kind).length, 0)
  return { ...file, hunks, added: count('added'), removed: count('removed') }
}

const isChange = ({ kind }: DiffLine): boolean => kind === 'added' || kind === 'removed'

/** Runs of changed lines, and what stands between them. */
function blocksOf(lines: readonly DiffLine[]): DiffLine[][] {
  const blocks: DiffLine[][] = []
  for (const line of lines) {
    const last = blocks.at(-1)
    if (last?.[0] !== undefined && isChange(last[0]) === isChange(line)) last.push(line)
    else blocks.push([line])
  }
  return blocks
}

const bare = ({ text }: DiffLine): string => text.replace(/\s+/g, '')

/** A longer block is left as it is: finding what belongs together costs lines times lines. */
const longestBlock = 400

function settled(block: DiffLine[]): DiffLine[] {
  const removed = block.filter(({ kind }) => kind === 'removed')
  const added = block.filter(({ kind }) => kind === 'added')
  if (removed.length === 0 || added.length === 0 || block.length > longestBlock) return block
  const settled: DiffLine[] = []
  let [left, right] = [0, 0]
  for (const [one, other] of commonLines(removed.map(bare), added.map(bare))) {
    settled.push(...removed.slice(left, one), ...added.slice(right, other))
    const [before, after] = [removed[one], added[other]]
    if (before !== undefined && after !== undefined) settled.push({ ...after, kind: 'same', before: before.before })
    ;[left, right] = [one + 1, other + 1]
  }
  return [...settled, ...removed.slice(left), ...added.slice(right)]
}

/** Positions of a longest common subsequence, in order. */
function commonLines(left: readonly string[], right: readonly string[]): [number, number][] {
  const width = right.length + 1
  const lengths = new Uint16Array((left.length + 1) * width)
  for (let i = left.length - 1; i >= 0; i--)
    for (let j = right.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        left[i] === right[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0)
  const pairs: [number, number][] = []
  let [i, j] = [0, 0]
  while (i < left.length && j < right.length) {
    if (left[i] === right[j]) pairs.push([i++, j++])
    else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i++
    else j++
  }
  return pairs
}
