import { expect, test } from 'vitest'
import { listeningBelow } from './mount-source.ts'

test('finds the sockets of a directory among those of the machine, whatever their names hold', () => {
  const sockets = `Num       RefCount Protocol Flags    Type St Inode Path
0000000000000000: 00000002 00000000 00010000 0001 01 12 /repo/.git/daemon.ipc
0000000000000000: 00000003 00000000 00000000 0001 03 13 /repo/.git/daemon.ipc
0000000000000000: 00000002 00000000 00010000 0001 01 14 /repo/with a  space
0000000000000000: 00000002 00000000 00010000 0001 01 15 /repository/other
0000000000000000: 00000002 00000000 00010000 0001 01 16 @/repo/abstract
0000000000000000: 00000003 00000000 00000000 0001 03 17
`
  expect(listeningBelow('/repo', sockets)).toEqual(['.git/daemon.ipc', 'with a  space'])
})
