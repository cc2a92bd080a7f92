import { expect, test, vi } from 'vitest'
import { createArtifactBodies } from './artifact-bodies.ts'

test('a body is read once', async () => {
  const request = vi.fn(async () => new Response('bytes'))
  const read = createArtifactBodies(request)
  const [first, second] = [await read('art_1'), await read('art_1')]
  expect(second).toBe(first)
  expect(new TextDecoder().decode(first)).toBe('bytes')
  expect(request).toHaveBeenCalledOnce()
})

test('what failed is told in words, and asked for again', async () => {
  const answers = [new Response('', { status: 404 }), new Response('', { status: 503 }), new Response('there')]
  const read = createArtifactBodies(async () => answers.shift() ?? Promise.reject(new Error('gone')))
  await expect(read('art_1')).rejects.toThrow('not there any more')
  await expect(read('art_1')).rejects.toThrow('503')
  expect(await read('art_1')).toHaveLength(5)
  await expect(read('art_2')).rejects.toThrow('could not be reached')
})

test('what is too large to be read says so in the words of the server', async () => {
  const errors = [{ message: 'Too long for a page.' }]
  const read = createArtifactBodies(async () => new Response(JSON.stringify({ errors }), { status: 413 }))
  await expect(read('art_1/diff?file=a')).rejects.toThrow('Too long for a page.')
})
