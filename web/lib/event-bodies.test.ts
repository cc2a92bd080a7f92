import { expect, test, vi } from 'vitest'
import { createEventBodies, readBytes } from './event-bodies.ts'

test('how large a body is, is asked without reading it', async () => {
  const request = vi.fn(async () => new Response(null, { headers: { 'content-length': '7340032' } }))
  expect(await createEventBodies(request).size('/bodies/a')).toBe(7_340_032)
  expect(request).toHaveBeenCalledWith('/bodies/a', { method: 'HEAD', credentials: 'same-origin' })
})

test('a short one is read whole', async () => {
  const { bytes, size } = await createEventBodies(async () => new Response('bytes')).read('/bodies/a')
  expect([new TextDecoder().decode(bytes), size]).toEqual(['bytes', 5])
})

test('of an endless one the beginning is read, and the rest is not asked for', async () => {
  let sent = 0
  const cancelled = vi.fn()
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 300_000
      controller.enqueue(new Uint8Array(300_000))
    },
    cancel: cancelled,
  })
  const headers = { 'content-length': '900000000' }
  const { bytes, size } = await createEventBodies(async () => new Response(body, { headers })).read('/bodies/a')
  expect([bytes.length, size]).toEqual([readBytes, 900_000_000])
  expect(cancelled).toHaveBeenCalledOnce()
  expect(sent).toBeLessThan(readBytes + 1_000_000)
})

test('what failed is told in words', async () => {
  const failing = (answer: () => Promise<Response>) => createEventBodies(answer).read('/bodies/a')
  await expect(failing(async () => new Response('', { status: 404 }))).rejects.toThrow('not there any more')
  await expect(failing(async () => new Response('', { status: 503 }))).rejects.toThrow('503')
  await expect(failing(() => Promise.reject(new TypeError('x')))).rejects.toThrow('could not be reached')
  const broken = new ReadableStream({ pull: controller => controller.error(new Error('x')) })
  await expect(failing(async () => new Response(broken))).rejects.toThrow('in the middle')
})
