import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { describe, expect, it } from 'vitest'
import type { AuditReport } from '../../domain/artifact.ts'
import { toMarkdown } from './markdown.ts'

const empty: AuditReport = {
  repository: {
    source: '/srv/p',
    commit: null,
    branch: null,
    commits: 0,
    files: 0,
    bytes: 0,
    binaryFiles: 0,
    languages: [],
    churn: [],
    notChecked: [],
  },
  ...{
    summary: 's',
    counts: { error: 0, warning: 0, info: 0 },
    findings: [],
    omitted: 0,
    tests: [],
    analyses: [],
    notChecked: [],
  },
}
const hostile =
  '<img src=x onerror=alert(1)> ![x](https://example.invalid/x.png) [a](javascript:alert(1)) `code` | cell |\n# heading\n- [ ] **bold** _it_ ~~s~~ $x$ https://example.invalid'

type Node = { type: string; url?: string; value?: string; children?: Node[] }

function* walk(node: Node): Generator<Node> {
  yield node
  for (const child of node.children ?? []) yield* walk(child)
}

const found = (change: object) => ({
  ...{
    rule: 'r',
    message: 'm',
    severity: 'error' as const,
    file: 'a.js',
    line: 1,
    column: null,
    endLine: null,
    related: [],
    rank: 1,
    score: 9,
    analyzers: ['lint'],
  },
  ...change,
})

describe('an audit for people', () => {
  it('says so where there is nothing', () => {
    const text = toMarkdown(empty)
    for (const sentence of ['Nothing was found.', 'No tests were run.', 'Nothing was left out.'])
      expect(text).toContain(sentence)
  })

  it('lets no text of a repository become markup', () => {
    const text = toMarkdown({
      ...empty,
      summary: hostile,
      findings: [found({ message: hostile, rule: hostile, file: hostile, analyzers: [hostile] })],
      analyses: [{ analyzer: 'a', title: hostile, checked: true, findings: 1 }],
      notChecked: [{ what: hostile, why: hostile, mend: hostile }],
    })
    const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
    const nodes = [...walk(tree)]
    const count = (type: string) => nodes.filter(node => node.type === type).length
    for (const type of ['html', 'image', 'emphasis', 'delete']) expect(`${type}: ${count(type)}`).toBe(`${type}: 0`)
    expect(count('heading')).toBe(5)
    // A head and one row of a table with five columns and of one with two.
    expect(count('tableCell')).toBe(2 * 5 + 2 * 2)
    // A bare address may become a link to what it says, and to nothing else.
    for (const link of nodes.filter(node => node.type === 'link'))
      expect(link).toMatchObject({ url: link.children?.[0]?.value })
  })

  it('shows so many findings and counts the rest', () => {
    const text = toMarkdown({
      ...empty,
      findings: Array.from({ length: 250 }, (_, index) => found({ rank: index + 1 })),
      omitted: 9,
    })
    expect(text).toContain('59 more are in the report as JSON or were left out.')
  })
})
