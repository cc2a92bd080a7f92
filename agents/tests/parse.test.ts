/** What each runner really wrote, shortened. */
import { describe, expect, it } from 'vitest'
import { parseResults } from './parse.ts'

const lines = (...objects: object[]): string => objects.map(object => JSON.stringify(object)).join('\n')

describe('node:test', () => {
  const test = {
    nesting: 0,
    group: false,
    file: 'test/a.test.js',
    line: 3,
    status: 'passed',
    durationMs: 1.5,
    message: '',
  }

  it('tells tests of a group before the group', () => {
    const text = lines(
      { ...test, name: 'adds', nesting: 2 },
      { ...test, name: 'inner', nesting: 1, group: true },
      { ...test, name: 'outer', group: true },
      { ...test, name: 'alone' },
    )
    expect(parseResults('node:test', text)?.map(({ suite, name }) => [suite, name])).toEqual([
      ['outer › inner', 'adds'],
      ['', 'alone'],
    ])
  })

  it('places a failure where it failed, not where the test begins', () => {
    const message = 'AssertionError\n    at TestContext.<anonymous> (file:///work/repo/test/a.test.js:13:10)'
    expect(parseResults('node:test', lines({ ...test, name: 'x', status: 'failed', message }))?.[0]).toMatchObject({
      line: 13,
      status: 'failed',
    })
  })

  it('keeps what was told before the end came', () => {
    expect(parseResults('node:test', `${lines({ ...test, name: 'x' })}\n{"name":"cut o`)).toHaveLength(1)
  })
})

describe('jest and vitest', () => {
  const assertion = {
    title: 'adds',
    ancestorTitles: ['sums'],
    status: 'passed',
    duration: 8,
    location: { line: 2, column: 3 },
    failureMessages: [],
  }
  const report = (assertionResults: object[], rest: object = {}) =>
    JSON.stringify({
      testResults: [{ name: '/work/repo/sub/a.test.js', status: 'failed', message: '', assertionResults, ...rest }],
    })

  it('tell place, group and what failed', () => {
    const failed = {
      ...assertion,
      title: 'fails',
      status: 'failed',
      failureMessages: ['Error: no\n    at Object.toBe (/work/repo/sub/a.test.js:4:15)'],
    }
    const pending = { ...assertion, title: 'later', status: 'todo', duration: null, location: null }
    expect(parseResults('jest', report([assertion, failed, pending]))).toEqual([
      { name: 'adds', suite: 'sums', file: 'sub/a.test.js', line: 2, status: 'passed', durationMs: 8, message: '' },
      {
        name: 'fails',
        suite: 'sums',
        file: 'sub/a.test.js',
        line: 4,
        status: 'failed',
        durationMs: 8,
        message: failed.failureMessages[0],
      },
      {
        name: 'later',
        suite: 'sums',
        file: 'sub/a.test.js',
        line: null,
        status: 'skipped',
        durationMs: null,
        message: '',
      },
    ])
  })

  it('tell of a file that could not be loaded', () => {
    const [loaded] = parseResults('vitest', report([], { message: 'Cannot find package' })) ?? []
    expect(loaded).toMatchObject({
      name: 'the file could not be loaded',
      file: 'sub/a.test.js',
      status: 'failed',
      message: 'Cannot find package',
    })
  })

  it('wrote something else', () => {
    expect(parseResults('vitest', '')).toBeNull()
    expect(parseResults('vitest', '{"testResults":1}')).toBeNull()
  })
})

describe('pytest', () => {
  const xml = `<?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests"><testsuite name="pytest" errors="1" failures="1" skipped="1" tests="4">
<testcase classname="test_a" name="test_good" file="test_a.py" line="2" time="0.25" />
<testcase classname="test_a.TestGroup" name="test_bad" file="test_a.py" line="6" time="0.001"><failure message="assert 1 == 2">&gt;       assert value == 2
test_a.py:9: AssertionError</failure></testcase>
<testcase classname="test_a" name="test_skipped" file="test_a.py" line="10" time="0.000"><skipped type="pytest.skip" message="later">test_a.py:11: later</skipped></testcase>
<testcase classname="test_a" name="test_error" file="test_a.py" line="18" time="0.000"><error message="failed on setup with &quot;RuntimeError: no&quot;">RuntimeError: no</error></testcase>
</testsuite></testsuites>`

  it('counts lines from 0 and tells errors apart from failures only by name', () => {
    expect(
      parseResults('pytest', xml)?.map(({ name, line, status, durationMs }) => [name, line, status, durationMs]),
    ).toEqual([
      ['test_good', 3, 'passed', 250],
      ['test_bad', 9, 'failed', 1],
      ['test_skipped', 11, 'skipped', 0],
      ['test_error', 19, 'failed', 0],
    ])
  })

  it('may write a bomb, which stays as small as it is', () => {
    const bomb = `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><testsuites><testsuite><testcase name="&c;&c;&c;&c;" file="a.py"/></testsuite></testsuites>`
    expect(JSON.stringify(parseResults('pytest', bomb)).length).toBeLessThan(20_000)
  })

  it('wrote nothing, or nonsense', () => {
    expect(parseResults('pytest', '')).toBeNull()
    expect(parseResults('pytest', '<html>')).toBeNull()
  })
})

it('unittest places a failure in its own file', () => {
  const message =
    'Traceback (most recent call last):\n  File "/usr/lib/python3.11/unittest/case.py", line 57, in run\n  File "/work/repo/tests/test_a.py", line 21, in test_x\nAssertionError: no'
  const text = lines({
    name: 'test_x',
    suite: 'A',
    file: 'tests/test_a.py',
    line: 18,
    status: 'failed',
    durationMs: 1,
    message,
  })
  expect(parseResults('unittest', text)?.[0]).toMatchObject({ suite: 'A', file: 'tests/test_a.py', line: 21 })
})

describe('go test', () => {
  it('tells the output of a test before its end, and of a package that does not build', () => {
    const text = lines(
      { Action: 'run', Package: 'example.com/a', Test: 'TestGood' },
      { Action: 'pass', Package: 'example.com/a', Test: 'TestGood', Elapsed: 0.01 },
      { Action: 'output', Package: 'example.com/a', Test: 'TestBad', Output: '    a_test.go:12: got 1\n' },
      { Action: 'fail', Package: 'example.com/a', Test: 'TestBad', Elapsed: 0 },
      { Action: 'skip', Package: 'example.com/a', Test: 'TestLater', Elapsed: 0 },
      { Action: 'fail', Package: 'example.com/a', Elapsed: 0.02 },
      { Action: 'output', Package: 'example.com/b', Output: 'b_test.go:3:8: no required module\n' },
      { Action: 'fail', Package: 'example.com/b', Elapsed: 0 },
    )
    expect(parseResults('go test', text)?.map(({ name, file, line, status }) => [name, file, line, status])).toEqual([
      ['TestGood', null, null, 'passed'],
      ['TestBad', 'a_test.go', 12, 'failed'],
      ['TestLater', null, null, 'skipped'],
      ['the package could not be built', 'b_test.go', 3, 'failed'],
    ])
  })

  it('wrote nothing', () => expect(parseResults('go test', 'go: not found')).toBeNull())
})

describe('what a test tells of itself', () => {
  const told = (rest: object) =>
    parseResults(
      'unittest',
      lines({ name: 'x', suite: '', file: null, line: null, status: 'passed', durationMs: 1, message: '', ...rest }),
    )?.[0]

  it('is cut and cleaned', () => {
    expect(told({ name: 'a'.repeat(5_000) })?.name).toHaveLength(1_000)
    expect(told({ message: '\u001b[31mred\u001b[0m \u202Eback\0' })?.message).toBe('red back\uFFFD')
  })

  it('has a file in the repository or none', () => {
    expect(told({ file: '/etc/passwd' })?.file).toBeNull()
    expect(told({ file: '../../x.py' })?.file).toBeNull()
    expect(told({ file: './a/b.py' })?.file).toBe('a/b.py')
    expect(told({ line: -1 })?.line).toBeNull()
  })
})
