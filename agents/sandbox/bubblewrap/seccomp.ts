/**
 * The system call filter, as a program of the kernel's classic packet filter, assembled here. It lets through what
 * programs need and refuses what widens the surface of the kernel or leads out of the sandbox:
 *
 *   a foreign architecture (32-bit calls have other numbers)   the process is killed
 *   x32 calls, clone3 (its flags lie in memory, out of sight)  ENOSYS, so that the C library falls back
 *   clone with a flag that makes a namespace                   EPERM
 *   the calls of syscalls.ts                                   EPERM
 *   sockets other than unix, IPv4 and IPv6                     EAFNOSUPPORT
 *   typing into a terminal (TIOCSTI, TIOCLINUX)                EPERM
 */
import { type Architecture, auditArchitecture, examined, refusedCalls } from './syscalls.ts'

/** struct seccomp_data of linux/seccomp.h: nr, arch, instruction pointer, six arguments. Both architectures are little-endian. */
const offsets = { nr: 0, arch: 4, firstArgument: 16, secondArgument: 24 }

const codes = { load: 0x20, jumpIfEqual: 0x15, jumpIfAtLeast: 0x35, jumpIfAnySet: 0x45, return: 0x06 }

const errors = { EPERM: 1, ENOSYS: 38, EAFNOSUPPORT: 97 }
const allow = 0x7fff0000
const killProcess = 0x80000000
const fail = (error: keyof typeof errors) => 0x00050000 | errors[error]

/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
const namespaceFlags = 0x7e020000
const x32Bit = 0x40000000
const domains = { unix: 1, inet: 2, inet6: 10 }
const terminalRequests = { TIOCSTI: 0x5412, TIOCLINUX: 0x541c }

/** An instruction; a label says where a test that holds leads, otherwise the next instruction follows. */
type Step = { code: number; value: number; leadsTo?: string } | { label: string }

const load = (offset: number): Step => ({ code: codes.load, value: offset })
const equal = (value: number, leadsTo: string): Step => ({ code: codes.jumpIfEqual, value, leadsTo })
const answer = (label: string, value: number): Step[] => [{ label }, { code: codes.return, value }]

function program(architecture: Architecture): Step[] {
  const calls = examined[architecture]
  return [
    load(offsets.arch),
    equal(auditArchitecture[architecture], 'native'),
    ...answer('foreign', killProcess),
    { label: 'native' },
    load(offsets.nr),
    ...(architecture === 'x64' ? [{ code: codes.jumpIfAtLeast, value: x32Bit, leadsTo: 'absent' }] : []),
    equal(calls.clone3, 'absent'),
    equal(calls.clone, 'clone'),
    equal(calls.socket, 'socket'),
    equal(calls.socketpair, 'socket'),
    equal(calls.ioctl, 'ioctl'),
    ...[...refusedCalls(architecture).values()].map(number => equal(number, 'refused')),
    ...answer('allowed', allow),
    { label: 'clone' },
    load(offsets.firstArgument),
    { code: codes.jumpIfAnySet, value: namespaceFlags, leadsTo: 'refused' },
    ...answer('plain clone', allow),
    { label: 'socket' },
    load(offsets.firstArgument),
    ...Object.values(domains).map(domain => equal(domain, 'known domain')),
    ...answer('unknown domain', fail('EAFNOSUPPORT')),
    ...answer('known domain', allow),
    { label: 'ioctl' },
    load(offsets.secondArgument),
    ...Object.values(terminalRequests).map(request => equal(request, 'refused')),
    ...answer('plain ioctl', allow),
    ...answer('absent', fail('ENOSYS')),
    ...answer('refused', fail('EPERM')),
  ]
}

/** The filter in the kernel's form, `struct sock_filter[]`: 8 bytes an instruction. */
export function seccompFilter(architecture: Architecture): Uint8Array {
  const steps = program(architecture)
  const places = new Map<string, number>()
  const instructions: Exclude<Step, { label: string }>[] = []
  for (const step of steps) {
    if ('label' in step) places.set(step.label, instructions.length)
    else instructions.push(step)
  }
  const bytes = Buffer.alloc(instructions.length * 8)
  for (const [index, { code, value, leadsTo }] of instructions.entries()) {
    const distance = leadsTo === undefined ? 0 : (places.get(leadsTo) ?? Number.NaN) - index - 1
    if (!(distance >= 0 && distance <= 255)) throw new Error(`the filter cannot jump from ${index} to ${leadsTo}`)
    bytes.writeUInt16LE(code, index * 8)
    bytes.writeUInt8(distance, index * 8 + 2)
    bytes.writeUInt8(0, index * 8 + 3)
    bytes.writeUInt32LE(value >>> 0, index * 8 + 4)
  }
  return bytes
}
