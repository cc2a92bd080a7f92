import { expect, test } from 'vitest'
import { neededFrom } from './debian.mjs'

const plan = `NOTE: This is only a simulation!
Reading package lists...
Inst libjemalloc2 (5.3.0-1 Debian:12.15/oldstable [amd64])
Inst adduser (3.134 Debian:12.15/oldstable [all])
Inst redis-tools (5:7.0.15-1~deb12u10 Debian-Security:12 [amd64])
Inst redis-server (5:7.0.15-1~deb12u10 Debian-Security:12 [amd64])
Conf libjemalloc2 (5.3.0-1 Debian:12.15/oldstable [amd64])
`

test('of what apt would install, the program and its libraries are needed, and each once', () => {
  expect(neededFrom(plan, 'redis-server')).toEqual(['libjemalloc2', 'redis-tools', 'redis-server'])
})

test('a package that apt thinks is installed is fetched all the same', () => {
  expect(neededFrom('redis-server is already the newest version', 'redis-server')).toEqual(['redis-server'])
})
