import { describe, expect, it } from 'vitest'
import { parseLocation, parseRef } from './location.ts'

describe('a location', () => {
  it.each([
    ['/srv/project', { kind: 'path', path: '/srv/project' }],
    ['  /srv/with space ', { kind: 'path', path: '/srv/with space' }],
    [
      'https://example.com/team/project.git',
      { kind: 'url', url: 'https://example.com/team/project.git', host: 'example.com' },
    ],
    ['http://example.com:8080/p', { kind: 'url', url: 'http://example.com:8080/p', host: 'example.com:8080' }],
  ])('%s is taken', (repo, location) => expect(parseLocation(repo)).toEqual(location))

  it.each([
    ['', 'empty'],
    ['project', 'relative'],
    ['../project', 'relative'],
    ['~/project', 'relative'],
    ['--upload-pack=touch /tmp/x', 'hyphen'],
    ['file:///etc', 'file URL'],
    ['ext::sh -c touch% /tmp/x', 'transport helper'],
    ['ssh://git@example.com/p', 'only https and http'],
    ['git://example.com/p', 'only https and http'],
    ['git@example.com:team/p.git', 'SSH address'],
    ['javascript://example.com/%0aalert(1)', 'only https and http'],
    ['https://user:secret@example.com/p', 'credentials'],
    ['https://secret@example.com/p', 'credentials'],
    ['https://example.com/p?token=secret', 'query'],
    ['https://example.com/p#secret', 'fragment'],
    ['https://', 'not a valid URL'],
    ['/srv/\u202Egnp', 'control characters'],
    ['/srv/a\nb', 'control characters'],
    ['/srv/a\0b', 'control characters'],
  ])('%j is refused', (repo, why) => {
    expect(() => parseLocation(repo)).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT', message: expect.stringContaining(why) }),
    )
  })

  it('keeps credentials out of what it says', () => {
    for (const repo of [
      'https://user:secret@example.com/p',
      'https://example.com/p?token=secret',
      'ssh://user:secret@example.com',
    ]) {
      try {
        parseLocation(repo)
        expect.unreachable()
      } catch (error) {
        expect(JSON.stringify([(error as Error).message, error])).not.toContain('secret')
      }
    }
  })
})

describe('a ref', () => {
  it.each([
    [null, null],
    [undefined, null],
    ['', null],
    ['main', 'main'],
    ['feature/x-1', 'feature/x-1'],
    ['v1.2.3', 'v1.2.3'],
    ['0a1b2c3d', '0a1b2c3d'],
  ])('%s is %s', (given, ref) => expect(parseRef(given)).toBe(ref))

  it.each([
    '--help',
    '-x',
    '../x',
    'a..b',
    'a b',
    'a@{1}',
    'a^',
    'a~1',
    ':path',
    'a//b',
    '/a',
    'a/',
    'a.lock',
    'a\n',
    '$(x)',
  ])('%j is refused', ref => {
    expect(() => parseRef(ref)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }))
  })
})
