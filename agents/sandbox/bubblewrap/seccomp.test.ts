import { describe, expect, test } from 'vitest'
import { seccompFilter } from './seccomp.ts'
import { type Architecture, auditArchitecture, examined, refusedCalls } from './syscalls.ts'

const allow = 0x7fff0000
const kill = 0x80000000
const [EPERM, ENOSYS, EAFNOSUPPORT] = [0x50001, 0x50000 + 38, 0x50000 + 97]

/** Runs a filter as the kernel would: what it answers to a call of an architecture. */
function answer(filter: Uint8Array, arch: number, nr: number, args: readonly number[] = []): number {
  const program = Buffer.from(filter)
  const data = Buffer.alloc(64)
  data.writeUInt32LE(nr >>> 0, 0)
  data.writeUInt32LE(arch >>> 0, 4)
  for (const [index, value] of args.entries()) data.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)), 16 + index * 8)
  let accumulator = 0
  for (let at = 0; at < program.length / 8; at += 1) {
    const [code, yes, no] = [program.readUInt16LE(at * 8), program.readUInt8(at * 8 + 2), program.readUInt8(at * 8 + 3)]
    const value = program.readUInt32LE(at * 8 + 4)
    if (code === 0x20) accumulator = data.readUInt32LE(value)
    else if (code === 0x15) at += accumulator === value ? yes : no
    else if (code === 0x35) at += accumulator >= value ? yes : no
    else if (code === 0x45) at += (accumulator & value) !== 0 ? yes : no
    else if (code === 0x06) return value
    else throw new Error(`instruction ${code}`)
  }
  throw new Error('the program ran over its end')
}

describe.each<Architecture>(['x64', 'arm64'])('the filter for %s', architecture => {
  const filter = seccompFilter(architecture)
  const arch = auditArchitecture[architecture]
  const calls = examined[architecture]
  const ask = (nr: number, ...args: number[]) => answer(filter, arch, nr, args)

  test('kills what speaks for another architecture', () => {
    const others = [0x40000003, 0x40000028, architecture === 'x64' ? auditArchitecture.arm64 : auditArchitecture.x64, 0]
    for (const other of others) expect(answer(filter, other, 1)).toBe(kill)
  })

  test('refuses the calls on its list and lets the others through', () => {
    const refused = new Set(refusedCalls(architecture).values())
    const special = new Set<number>(Object.values(calls))
    expect(refused.size).toBeGreaterThan(50)
    for (let nr = 0; nr < 600; nr += 1) {
      if (!special.has(nr)) expect(ask(nr), `call ${nr}`).toBe(refused.has(nr) ? EPERM : allow)
    }
  })

  test('lets threads and children be made, but no namespaces', () => {
    const [thread, child] = [0x3d0f00, 17]
    expect(ask(calls.clone, thread)).toBe(allow)
    expect(ask(calls.clone, child)).toBe(allow)
    for (let bit = 0; bit < 32; bit += 1) {
      const makesNamespace = [17, 25, 26, 27, 28, 29, 30].includes(bit)
      expect(ask(calls.clone, child | (1 << bit)), `bit ${bit}`).toBe(makesNamespace ? EPERM : allow)
    }
    expect(ask(calls.clone3, 0)).toBe(ENOSYS)
  })

  test('knows three families of sockets', () => {
    for (const call of [calls.socket, calls.socketpair]) {
      for (let family = 0; family < 50; family += 1) {
        expect(ask(call, family), `family ${family}`).toBe([1, 2, 10].includes(family) ? allow : EAFNOSUPPORT)
      }
    }
  })

  test('does not let anybody type into a terminal, whatever the upper half of the number says', () => {
    expect(ask(calls.ioctl, 0, 0x5401)).toBe(allow)
    for (const request of [0x5412, 0x541c, 0x100000000 + 0x5412]) expect(ask(calls.ioctl, 0, request)).toBe(EPERM)
  })
})

test('the filter for x64 says that x32 calls do not exist', () => {
  const filter = seccompFilter('x64')
  for (const nr of [0, 39, 165]) expect(answer(filter, auditArchitecture.x64, 0x40000000 + nr)).toBe(ENOSYS)
})
