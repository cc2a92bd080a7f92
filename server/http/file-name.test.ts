import { describe, expect, test } from 'vitest'
import { disposition, fileName, plainName } from './file-name.ts'

describe('the name of a file', () => {
  test.each([
    ['Summary', 'application/json', 'Summary.json'],
    ['notes.MD', 'text/markdown', 'notes.MD'],
    ['../../etc/passwd', '', 'etc-passwd'],
    ['..\\..\\boot.ini', '', 'boot.ini'],
    ['.bashrc', '', 'bashrc'],
    ['C:/a?*|<>".', '', 'C-a-'],
    ['line\r\nfeed\0\u202e', 'text/plain', 'line-feed-.txt'],
    ['Größe 大きさ', 'text/csv', 'Größe 大きさ.csv'],
    [' . ', 'application/zip', 'artifact.zip'],
    ['', '', 'artifact'],
  ])('%j of %j is %j', (title, type, name) => expect(fileName(title, type)).toBe(name))

  test('fits into 255 bytes, and no letter is cut in two', () => {
    const name = plainName('𝐀'.repeat(500), 'x')
    expect(new TextEncoder().encode(name).length).toBeLessThan(230)
    expect(disposition(name)).toContain(encodeURIComponent('𝐀'))
  })
})
