import { expect, test } from 'vitest'
import { createLog, createMetrics, withoutSecrets } from './telemetry.ts'

test.each([
  ['postgres://orrery:hunter2@127.0.0.1/x', 'postgres://orrery:…@127.0.0.1/x'],
  ['redis://:hunter2@127.0.0.1', 'redis://:…@127.0.0.1'],
  [`key orr_live_${'a'.repeat(12)}_${'b'.repeat(38)} was shown`, `key orr_live_${'a'.repeat(12)}_… was shown`],
  ['GET /sign-in?token=abcdefghijklmnopqrstuvwxyz', 'GET /sign-in?token=…'],
  ['authorization: Bearer anything', 'authorization: Bearer …'],
  ['nothing to hide: a@b.example', 'nothing to hide: a@b.example'],
])('%s is logged as %s', (text, safe) => {
  expect(withoutSecrets(text)).toBe(safe)
})

test('a log is JSON for programs and lines for people', () => {
  const lines: string[] = []
  createLog({ level: 'info', readable: false, write: line => lines.push(line) }).warn({ run: 'r' }, 'slow')
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 40, msg: 'slow', run: 'r' })
  const people = createLog({ level: 'info', readable: true, write: line => lines.push(line) })
  people.info('Ready')
  people.error({ err: new Error('no'), run: 'r' }, 'broken')
  people.debug('unheard')
  expect(lines[1]).toMatch(/^\d\d:\d\d:\d\d Ready\n$/)
  expect(lines[2]).toMatch(/error broken \{"run":"r"\}\nError: no\n +at /)
  expect(lines).toHaveLength(3)
})

test('each app has numbers of its own', async () => {
  const [one, other] = [createMetrics({ ofProcess: false }), createMetrics({ ofProcess: true })]
  one.watch('orrery_answers', 'What it is.', () => 42)
  one.delivered.inc(3)
  expect(await one.text()).toContain('orrery_answers 42')
  expect(await one.text()).toContain('orrery_stream_messages_total 3')
  expect(await other.text()).toContain('orrery_stream_messages_total 0')
  expect(await other.text()).toContain('process_cpu_seconds_total')
})
