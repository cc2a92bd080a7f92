import { expect, test } from 'vitest'
import { createHistory, workflows } from '../../domain/run/history.ts'
import { evolve, type Run } from '../../domain/run/state.ts'
import type { Call, Followed } from '../follow.ts'
import { lastLineOf } from '../outputs.ts'
import { createStyle, widthOf } from '../style.ts'
import { renderFrame } from './live.ts'
import { logLine } from './log.ts'
import { renderSummary } from './summary.ts'
import { renderTree } from './tree.ts'

const style = createStyle(false)

/** A fan-out at work: one part done, one at a tool call, one failed, one to be tried again, one to come. */
function fanOut() {
  const history = createHistory(workflows.fanOut)
  history.claim(0)
  history.say({
    type: 'StartToolCall',
    taskIndex: 0,
    epoch: 1,
    call: 0,
    tool: 'git',
    summary: 'git clone https://example.com/x',
  })
  history.finish(0, { items: ['lint', 'types', 'duplicates', 'complexity', 'secrets'] })
  history.claim(3)
  history.finish(3, { findings: 3, checked: true })
  history.claim(4)
  history.claim(5)
  history.fail(5, false)
  history.claim(6)
  return history
}

const calls = new Map<number, Call>([[4, { tool: 'tsc', summary: 'tsc --noEmit\n-p .', since: 0 }]])
const frameOf = (
  run: Run,
  overrides: { width?: number; room?: number; head?: number; tries?: number } = {},
): string[] => {
  const followed: Followed = { run, calls, events: [], head: overrides.head ?? run.head, status: 'LIVE' }
  const { width = 90, room = 40, tries = 0 } = overrides
  return renderFrame(followed, { now: run.startedAt + 30_000, width, room, style, tick: 0, tries })
}

test('a run at work', () => {
  expect(frameOf(fanOut().run).join('\n')).toBe(
    `
⠋ Fan-out  running · 30 s
  ✔ Find                2.0 s
  ◦ Look at              27 s  2 of 5 done
    ✔ lint              1.0 s  3 findings
    ⠋ types              24 s  tsc --noEmit -p .
    ✖ duplicates        1.0 s  it broke
    ⠋ complexity         21 s
    ○ secrets                  waits for a worker
  · Report
  3 of 7 tasks done · 2 at work · 1 failed · 25 events
  Ctrl-C detaches; the run goes on.`,
  )
})

test('no line is wider than the screen, whatever the screen', () => {
  for (const width of [40, 60, 80, 200])
    for (const line of frameOf(fanOut().run, { width })) expect(widthOf(line)).toBeLessThanOrEqual(Math.max(width, 50))
})

test('where there is no room, what is done is summed up first, then what is to come', () => {
  const history = fanOut()
  history.finish(4, {})
  const options = { now: 0, calls, width: 90, style }
  const lines = (room: number) =>
    renderTree(history.run, { ...options, room }).map(line => line.trim().replace(/\s{2,}.*/, ''))
  expect(lines(8)).toHaveLength(8)
  expect(lines(7)).toContain('✔ … 2 done')
  expect(lines(3)).toHaveLength(3)
  expect(lines(3).at(-1)).toMatch(/more lines/)
})

test('what a task writes takes the place of what it is called to do', () => {
  const { run } = fanOut()
  const options = { now: run.startedAt + 30_000, calls, width: 90, room: 40, style }
  const lines = renderTree(run, { ...options, lastLine: index => (index === 4 ? '12 of 80 files' : '') })
  expect(lines.find(line => line.includes('types'))).toMatch(/12 of 80 files$/)
  expect(lastLineOf('one\n\x1b[31mtwo\n\n')).toBe('[31mtwo')
})

test('a lost connection takes the place of the hint', () => {
  expect(frameOf(fanOut().run, { tries: 3 }).at(-1)).toBe(
    '  The connection is lost; looking for the server again (3) …',
  )
})

test('a reader that is behind says how far', () => {
  expect(frameOf(fanOut().run, { head: 90 }).at(-2)).toMatch(/25 of 90 events$/)
})

test('a title cannot rewrite the screen', () => {
  const { run } = fanOut()
  expect(frameOf({ ...run, title: '\x1b[2J\nx' })[1]).toBe('⠋ [2J x  running · 30 s')
})

test('a log has a line for what a person wants to know', () => {
  const history = fanOut()
  history.fail(4, false)
  history.fail(6, true)
  history.say({ type: 'CancelRun', reason: 'enough' })
  let run: Run | null = null
  const lines: string[] = []
  for (const event of history.events) {
    run = evolve(run, event)
    const line = logLine(run, event)
    if (line !== null) lines.push(line)
  }
  expect(lines).toEqual([
    '00:00  run: fan-out started',
    '00:01  Find: started',
    '00:02  Find: git clone https://example.com/x',
    '00:03  Find: succeeded in 2.0 s',
    '00:03  Look at: fans out into 5 parts',
    '00:04  Look at lint: started',
    '00:05  Look at lint: succeeded in 1.0 s (3 findings)',
    '00:06  Look at types: started',
    '00:07  Look at duplicates: started',
    '00:08  Look at duplicates: failed in 1.0 s: it broke',
    '00:09  Look at complexity: started',
    '00:10  Look at types: failed in 4.0 s: it broke',
    '00:11  Look at complexity: failed in 2.0 s: it broke',
    '00:12  Look at: cancelled: enough',
    '00:12  Report: cancelled: enough',
    '00:12  Look at secrets: cancelled: enough',
    '00:12  run: cancelled: enough',
  ])
})

test('the summary of an audit counts, shows the first findings, and says where to read on', () => {
  const history = createHistory(workflows.single)
  history.claim(0)
  history.say({
    type: 'FinishTask',
    taskIndex: 0,
    epoch: 1,
    output: null,
    artifacts: ['AuditReport', 'Markdown'].map((kind, index) => ({
      artifactId: `01990000-0000-7000-8000-00000000000${index}`,
      kind,
      title: 'Audit of x',
      mediaType: 'text/plain',
      size: 12_345,
      hash: 'a'.repeat(64),
    })),
  })
  const finding = {
    rank: 1,
    score: 9,
    analyzers: ['lint'],
    rule: 'no-undef',
    message: 'foo is not defined',
    severity: 'error',
    column: 1,
    endLine: null,
    related: [],
  } as const
  const lines = renderSummary(history.run, {
    url: 'http://127.0.0.1:4000',
    width: 90,
    style,
    patch: null,
    audit: {
      summary: '',
      repository: {} as never,
      counts: { error: 1, warning: 12, info: 0 },
      findings: [{ ...finding, file: 'src/index.js', line: 12, analyzers: ['lint'], related: [] }],
      omitted: 0,
      tests: [
        {
          runner: 'vitest',
          command: [],
          ran: true,
          outcome: 'failed',
          passed: 3,
          failed: 1,
          skipped: 2,
          durationMs: 1,
          cases: [],
          omitted: 0,
          notChecked: [],
        },
        {
          runner: null,
          command: [],
          ran: false,
          outcome: 'not-run',
          passed: 0,
          failed: 0,
          skipped: 0,
          durationMs: 0,
          cases: [],
          omitted: 0,
          notChecked: [{ what: 'tests', why: 'there is no Go', mend: '' }],
        },
      ],
      analyses: [],
      notChecked: [{ what: 'a', why: 'b', mend: 'c' }],
    },
  })
  expect(lines.join('\n')).toBe(`✔ Single succeeded in 2.0 s

  findings    1 error · 12 warnings · 0 info
  tests       3 passed, 1 failed, 2 skipped (vitest)
  tests       not run: there is no Go
  not checked 1 thing; the report says which and why

  error   src/index.js:12  foo is not defined (no-undef)
  … and 12 more in the report

  report      orrery artifacts get art_01990000000070008000000000000001  Audit of x, 12 KiB
  artifacts   orrery artifacts list run_01990000000070008000000000000001  2 of them
  page        http://127.0.0.1:4000/runs/run_01990000000070008000000000000001`)
})
