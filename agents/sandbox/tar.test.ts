import { describe, expect, test } from 'vitest'
import { readTar } from './tar.ts'

/** One member with a right checksum. */
function member(
  name: string,
  options: { type?: string; body?: string; size?: string; magic?: string; prefix?: string; target?: string } = {},
): Buffer {
  const body = Buffer.from(options.body ?? '')
  const header = Buffer.alloc(512)
  header.write(name, 0)
  header.write('0000644\0', 100)
  header.write(options.size ?? `${body.length.toString(8).padStart(11, '0')}\0`, 124, 'latin1')
  header.write('        ', 148)
  header.write(options.type ?? '0', 156)
  header.write(options.target ?? '', 157)
  header.write(options.magic ?? 'ustar\u000000', 257, 'latin1')
  header.write(options.prefix ?? '', 345)
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  )
  return Buffer.concat([header, body, Buffer.alloc((512 - (body.length % 512)) % 512)])
}

const end = Buffer.alloc(1024)
const read = (...members: Buffer[]) => [...readTar(Buffer.concat([...members, end]))]
const names = (...members: Buffer[]) => read(...members).map(entry => entry.name)

describe('an archive', () => {
  test('is read member by member, each with its kind, size and place', () => {
    const entries = read(
      member('d/', { type: '5' }),
      member('d/f', { body: 'hello' }),
      member('l', { type: '2', target: '../x' }),
    )
    expect(entries).toEqual([
      { name: 'd/', type: 'directory', size: 0, target: '', offset: 512 },
      { name: 'd/f', type: 'file', size: 5, target: '', offset: 1024 },
      { name: 'l', type: 'symlink', size: 0, target: '../x', offset: 2048 },
    ])
  })

  test('tells special files from files', () => {
    const kinds = ['1', '3', '4', '6', 'Z'].map(type => read(member('x', { type }))[0]?.type)
    expect(kinds).toEqual(['hard link', 'character device', 'block device', 'pipe', 'unknown entry'])
  })

  test('may spell long names in three ways, and only for the member that follows', () => {
    const long = 'n'.repeat(200)
    const record = (text: string) => `${String(text.length + 4)} ${text}\n`
    expect(names(member('././@LongLink', { type: 'L', body: `${long}\0` }), member('short'), member('next'))).toEqual([
      long,
      'next',
    ])
    expect(
      names(member('pax', { type: 'x', body: record(`path=${'p'.repeat(90)}`) }), member('short'), member('next')),
    ).toEqual(['p'.repeat(90), 'next'])
    expect(names(member('f', { prefix: 'a/b' }))).toEqual(['a/b/f'])
    expect(names(member('f', { prefix: 'a/b', magic: 'ustar  ' })), 'GNU keeps other things there').toEqual(['f'])
  })

  test('ends at the first empty block', () => {
    expect([...readTar(Buffer.concat([member('a'), end, member('b')]))].map(entry => entry.name)).toEqual(['a'])
  })

  test.each([
    ['cut off', member('f', { body: 'hello' }).subarray(0, 514)],
    ['of a size that is no number', member('f', { size: '99999999999\0' })],
    ['of a size in base 256', member('f', { size: '\u0080\0\0\0\0\0\0\0\0\0\0\u0001' })],
    ['changed after its checksum', Buffer.from(member('f')).fill('g', 0, 1)],
    ['sparse', Buffer.concat([member('pax', { type: 'x', body: '22 GNU.sparse.major=1\n' }), member('f')])],
    ['of a size that is none', Buffer.concat([member('pax', { type: 'x', body: '12 size=abc\n' }), member('f')])],
    [
      'of one name for all',
      Buffer.concat([member('pax', { type: 'g', body: '12 path=../x\n'.replace('12', '13') }), member('f')]),
    ],
    ['with a broken extension', Buffer.concat([member('pax', { type: 'x', body: 'no length' }), member('f')])],
  ])('that is %s is refused', (_, bytes) => {
    expect(() => [...readTar(bytes)]).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }))
  })

  test('of nothing at all has no members', () => {
    expect(read()).toEqual([])
    expect([...readTar(new Uint8Array(0))]).toEqual([])
  })
})
