/** A small JavaScript repository for tests: intervals of a day, and what is free between them. */
export const calendar: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "calendar", "type": "module", "scripts": { "test": "node --test" } }\n',
  'src/intervals.js': `/** Minutes of a day; an interval holds its start and not its end. */
export const minutesPerDay = 1440

export function overlaps(left, right) {
  return left.start < right.end && right.start < left.end
}

export function lengthOf({ start, end }) {
  return end - start
}

/** Sorted by start; what touches or overlaps becomes one. */
export function merge(intervals) {
  const sorted = [...intervals].sort((left, right) => left.start - right.start)
  const merged = []
  for (const interval of sorted) {
    const last = merged[merged.length - 1]
    if (last !== undefined && interval.start <= last.end) {
      last.end = Math.max(last.end, interval.end)
    } else {
      merged.push({ ...interval })
    }
  }
  return merged
}

/** What lies between the intervals of a day. */
export function gaps(intervals, from = 0, to = minutesPerDay) {
  const free = []
  let cursor = from
  for (const { start, end } of merge(intervals)) {
    if (start > cursor) free.push({ start: cursor, end: start })
    cursor = Math.max(cursor, end)
  }
  if (cursor < to) free.push({ start: cursor, end: to })
  return free
}
`,
  'src/schedule.js': `import { gaps, lengthOf, overlaps } from './intervals.js'

export function createSchedule({ opens = 480, closes = 1080 } = {}) {
  return { opens, closes, bookings: [] }
}

export function book(schedule, name, interval) {
  if (interval.start < schedule.opens || interval.end > schedule.closes) throw new RangeError('closed')
  if (schedule.bookings.some(booking => overlaps(booking, interval))) return false
  schedule.bookings.push({ name, ...interval })
  return true
}

/** The first free interval of a length, or null. */
export function findSlot(schedule, minutes) {
  const free = gaps(schedule.bookings, schedule.opens, schedule.closes)
  const slot = free.find(gap => lengthOf(gap) >= minutes)
  return slot === undefined ? null : { start: slot.start, end: slot.start + minutes }
}

/** The share of the open hours that is booked, in per cent. */
export function utilisation(schedule) {
  const open = schedule.closes - schedule.opens
  const booked = schedule.bookings.reduce((sum, booking) => sum + lengthOf(booking), 0)
  return Math.round((booked / open) * 100)
}

export function cancel(schedule, name) {
  const before = schedule.bookings.length
  schedule.bookings = schedule.bookings.filter(booking => booking.name !== name)
  return before - schedule.bookings.length
}
`,
  'src/clock.js': `export function formatTime(minutes) {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  return \`\${String(hours).padStart(2, '0')}:\${String(rest).padStart(2, '0')}\`
}

export function parseTime(text) {
  const found = /^(\\d{1,2}):(\\d{2})$/.exec(text)
  if (found === null) return null
  const [hours, minutes] = [Number(found[1]), Number(found[2])]
  if (hours > 23 || minutes > 59) return null
  return hours * 60 + minutes
}
`,
  'test/intervals.test.js': `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gaps, lengthOf, merge, overlaps } from '../src/intervals.js'

test('neighbours do not overlap', () => {
  assert.equal(overlaps({ start: 0, end: 10 }, { start: 10, end: 20 }), false)
  assert.equal(overlaps({ start: 10, end: 20 }, { start: 0, end: 10 }), false)
  assert.equal(overlaps({ start: 0, end: 11 }, { start: 10, end: 20 }), true)
})

test('a length is what lies between the ends', () => {
  assert.equal(lengthOf({ start: 30, end: 75 }), 45)
})

test('what touches is merged', () => {
  assert.deepEqual(merge([{ start: 10, end: 20 }, { start: 0, end: 10 }, { start: 30, end: 40 }]), [
    { start: 0, end: 20 },
    { start: 30, end: 40 },
  ])
})

test('what lies inside is swallowed', () => {
  assert.deepEqual(merge([{ start: 0, end: 50 }, { start: 10, end: 20 }]), [{ start: 0, end: 50 }])
})

test('gaps lie between, before and after', () => {
  assert.deepEqual(gaps([{ start: 10, end: 20 }, { start: 30, end: 40 }], 0, 60), [
    { start: 0, end: 10 },
    { start: 20, end: 30 },
    { start: 40, end: 60 },
  ])
  assert.deepEqual(gaps([{ start: 0, end: 1440 }]), [])
})
`,
  'test/schedule.test.js': `import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { book, cancel, createSchedule, findSlot, utilisation } from '../src/schedule.js'

describe('booking', () => {
  test('takes what is free, once', () => {
    const schedule = createSchedule()
    assert.equal(book(schedule, 'a', { start: 480, end: 540 }), true)
    assert.equal(book(schedule, 'b', { start: 500, end: 510 }), false)
    assert.equal(schedule.bookings.length, 1)
  })

  test('is refused outside of the hours', () => {
    assert.throws(() => book(createSchedule(), 'a', { start: 470, end: 500 }), RangeError)
    assert.throws(() => book(createSchedule(), 'a', { start: 1000, end: 1081 }), RangeError)
    assert.equal(book(createSchedule(), 'a', { start: 1000, end: 1080 }), true)
  })
})

test('the first slot that is long enough is found', () => {
  const schedule = createSchedule()
  book(schedule, 'a', { start: 480, end: 500 })
  book(schedule, 'b', { start: 530, end: 600 })
  assert.deepEqual(findSlot(schedule, 30), { start: 500, end: 530 })
  assert.deepEqual(findSlot(schedule, 31), { start: 600, end: 631 })
  assert.equal(findSlot(schedule, 1000), null)
})

test('utilisation is told in per cent', () => {
  const schedule = createSchedule({ opens: 0, closes: 200 })
  book(schedule, 'a', { start: 0, end: 50 })
  assert.equal(utilisation(schedule), 25)
})

test('a cancelled booking frees its time', () => {
  const schedule = createSchedule()
  book(schedule, 'a', { start: 480, end: 540 })
  assert.equal(cancel(schedule, 'a'), 1)
  assert.equal(cancel(schedule, 'a'), 0)
})
`,
  'test/clock.test.js': `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatTime, parseTime } from '../src/clock.js'

test('times are written with two digits each', () => {
  assert.equal(formatTime(605), '10:05')
  assert.equal(formatTime(59), '00:59')
})

test('times are read, and nonsense is not', () => {
  assert.equal(parseTime('9:30'), 570)
  assert.equal(parseTime('23:59'), 1439)
  assert.equal(parseTime('24:00'), null)
  assert.equal(parseTime('noon'), null)
})
`,
}
