/** Everything that could disobey a page. Whatever in it runs sets `hacked`, so that a test can tell. */
import type { CodePatch, ReviewReport } from '../../domain/work.ts'
import { jsonBody, type StoryBody } from './change-bodies.ts'

const script = '<script>globalThis.hacked = true</script><img src=x onerror="globalThis.hacked = true">'
const turned = 'user\u202e\u2066// admin only\u2069\u2066'
const megabyte = 'x'.repeat(1_000_000)

const file = (title: string, mediaType: string, body: string | Uint8Array): StoryBody => ({
  ...{ kind: 'File', title, mediaType, body, score: null, parts: null },
})

/** A picture of one blue point, as PNG. */
const point = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPj/HwADBwIAMCbHYQAAAABJRU5ErkJggg=='),
  letter => letter.charCodeAt(0),
)

/** The same, saying that it has 40,000 × 30,000 points. */
function bomb(): Uint8Array {
  const bytes = point.slice()
  const view = new DataView(bytes.buffer)
  view.setUint32(16, 40_000)
  view.setUint32(20, 30_000)
  return bytes
}

const diff = [
  `diff --git a/src/${turned}.ts b/src/${turned}.ts`,
  `@@ -1,3 +1,4 @@ ${script}`,
  ' export const a = 1',
  `-const isAdmin = false // ${turned}`,
  `+const isAdmin = true // ${turned}${script}`,
  `+const blob = '${megabyte}'`,
  ' export const b\u200b = 2',
].join('\n')

const patch: CodePatch = {
  base: '4f1c0d2a7be95c3310d6a0b8e2c4c1d9f0a7e611',
  commit: '90cc1e2a7be95c3310d6a0b8e2c4c1d9f0a7e612',
  branch: `orrery/${script}`,
  published: null,
  files: [{ path: 'src/a.ts', from: null, status: 'modified', added: 2, removed: 1 }],
  added: 2,
  removed: 1,
  commits: [],
  diff: { hash: 'd6'.repeat(32), bytes: diff.length, text: diff },
  simulated: false,
}

const review: ReviewReport = {
  verdict: 'changes',
  summary: `${script} ${turned} \u0007`,
  findings: [
    {
      severity: 'error',
      file: `src/${turned}.ts`,
      line: 1,
      problem: `${script}\n${megabyte.slice(0, 7_000)}`,
      suggestion: script,
    },
  ],
  checked: [script],
  notChecked: [],
  simulated: false,
}

export const hostileBodies = (): Readonly<Record<string, StoryBody>> => ({
  patch: jsonBody('CodePatch', 'A change', patch),
  review: jsonBody('ReviewReport', 'A review', review),
  line: file('one-line.txt', 'text/plain', megabyte),
  colours: file(
    'terminal.log',
    'text/plain',
    `\x1b[32mgreen\x1b[0m \x1b[1;31mbold red\x1b[0m \x1b]0;evil title\x07\x1b]8;;javascript:globalThis.hacked=true\x07link\x1b]8;;\x07\n\x1b[2J\x1b[Hcleared ${script}\n10 %\r100 %\nbell \x07 here\n`,
  ),
  turned: file('turned.txt', 'text/plain', `${turned}\nשלום עולם\n`),
  markdown: {
    ...file(
      'A document',
      'text/markdown',
      `# ${script}\n\n[click](javascript:globalThis.hacked=true) ![picture](https://example.org/tracker.png) <a href="javascript:globalThis.hacked=true">raw</a>\n\n${turned}\n\n\`\`\`html\n${script}\n\`\`\`\n`,
    ),
    kind: 'Markdown',
  },
  json: file('values.json', 'application/json', JSON.stringify({ [script]: turned, long: megabyte })),
  svg: file(
    'drawing.svg',
    'image/svg+xml',
    `<svg xmlns="http://www.w3.org/2000/svg" onload="globalThis.hacked = true"><script>globalThis.hacked = true</script></svg>`,
  ),
  picture: file('point.png', 'image/png', point),
  bomb: file('bomb.png', 'image/png', bomb()),
  liar: file('liar.png', 'image/png', `<html>${script}</html>`),
  title: file(`${script} ${turned}.txt`, 'text/plain', 'Its title is what is hostile.\n'),
})
