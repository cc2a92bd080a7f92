import { expect, test } from 'vitest'
import type { Grant } from '../../db/keys.ts'
import { cookieOf, createAuthenticate } from './authenticate.ts'

const grant: Grant = { keyId: '1', publicId: 'p', name: 'owner', role: 'owner', organisationId: 'o', expiresAt: null }

/** Keys of which one is valid, and how often they were asked. */
function rig() {
  const state = { valid: true, asked: 0, now: 0 }
  const verify = async (secret: string) => {
    state.asked++
    return state.valid && secret === 'good' ? grant : null
  }
  const authenticate = createAuthenticate({ verify, verifySession: verify }, () => state.now)
  return { state, authenticate }
}

test('a key and a session lead to the same right, of different kinds', async () => {
  const { authenticate } = rig()
  expect(await authenticate({ authorization: 'Bearer good', cookie: null })).toEqual({ kind: 'key', ...grant })
  expect(await authenticate({ authorization: null, cookie: 'a=b; orrery_session=good' })).toEqual({
    kind: 'person',
    ...grant,
  })
})

test('an answer is believed for a second, and a revoked key ends within it', async () => {
  const { state, authenticate } = rig()
  const credentials = { authorization: 'bearer  good', cookie: null }
  await authenticate(credentials)
  state.now = 999
  expect(await authenticate(credentials)).not.toBeNull()
  expect(state.asked).toBe(1)
  state.valid = false
  state.now = 1_000
  expect(await authenticate(credentials)).toBeNull()
})

test('a wrong key is not made good by a cookie', async () => {
  const { authenticate } = rig()
  for (const authorization of ['Bearer bad', 'Basic good', 'Bearer', '']) {
    expect(await authenticate({ authorization, cookie: 'orrery_session=good' })).toBeNull()
  }
})

test('nobody is let in while nobody can be asked', async () => {
  const failing = async () => {
    throw new Error('away')
  }
  const authenticate = createAuthenticate({ verify: failing, verifySession: failing })
  await expect(authenticate({ authorization: 'Bearer good', cookie: null })).rejects.toThrow('away')
})

test.each([
  ['', null],
  ['orrery_session', null],
  ['orrery_session=', null],
  ['xorrery_session=a', null],
  ['orrery_session=a b', null],
  ['x=1;orrery_session=a-b_c; y=2', 'a-b_c'],
])('of the cookies %j the session is %j', (header, value) => {
  expect(cookieOf(header, 'orrery_session')).toBe(value)
})
