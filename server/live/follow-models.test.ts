import { expect, test } from 'vitest'
import type { ProviderState } from '../../agents/providers/resilience.ts'
import { followModels } from './follow-models.ts'

function twin() {
  const listeners = new Set<() => void>()
  let retryAt: number | null = null
  const models = {
    state: () => [{ retryAt, models: [] }] as unknown as ProviderState[],
    onChange(listener: () => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return {
    models,
    listeners,
    change: () => {
      for (const listener of listeners) listener()
    },
    openUntil: (at: number) => {
      retryAt = at
    },
  }
}

test('tells how it is at once, then after each change, many as one', async () => {
  const { models, change } = twin()
  const stream = followModels(models, () => 0)
  expect(await stream.next()).toEqual({ done: false, value: true })
  const next = stream.next()
  for (let count = 0; count < 100; count++) change()
  expect(await next).toEqual({ done: false, value: true })
  let more = false
  void stream.next().then(() => {
    more = true
  })
  await new Promise(resolve => setTimeout(resolve, 50))
  expect(more).toBe(false)
  await stream.return?.()
})

test('a breaker that time closes is told of, though nobody changed anything', async () => {
  const { models, openUntil } = twin()
  openUntil(20)
  const stream = followModels(models, () => 0)
  await stream.next()
  expect(await stream.next()).toEqual({ done: false, value: true })
  await stream.return?.()
})

test('nobody listens any more once it is left, also in the middle of waiting', async () => {
  const { models, listeners } = twin()
  const stream = followModels(models, () => 0)
  await stream.next()
  const waiting = stream.next()
  await stream.return?.()
  expect(await waiting).toEqual({ done: true, value: undefined })
  expect(listeners.size).toBe(0)
})
