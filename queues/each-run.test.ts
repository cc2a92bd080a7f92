import { describe, expect, test, vi } from 'vitest'
import type { Handled } from '../db/store.ts'
import { OrreryError } from '../domain/errors.ts'
import { createEach } from './each-run.ts'

const decided = { events: [{}] } as unknown as Handled
const nothing = { events: [] } as unknown as Handled

function setup(runs: Record<string, () => Promise<Handled | undefined>>) {
  let time = 0
  const report = vi.fn()
  const each = createEach(report, () => time)
  const worked: string[] = []
  const pass = async () => {
    worked.length = 0
    const find = async (except: readonly string[]) =>
      Object.keys(runs)
        .filter(run => !except.includes(run))
        .map(runId => ({ runId }))
    await each('test', find, ({ runId }) => {
      worked.push(runId)
      return runs[runId]?.() ?? Promise.resolve(undefined)
    })
    return [...worked]
  }
  return {
    pass,
    report,
    later(ms: number) {
      time += ms
    },
  }
}

describe('each run', () => {
  test('that cannot be helped is set aside, longer each time, and holds up no other', async () => {
    const { pass, report, later } = setup({
      good: async () => decided,
      bad: async () => Promise.reject(new Error('broken')),
    })
    expect(await pass()).toEqual(['good', 'bad'])
    expect(report).toHaveBeenCalledWith('test: run bad', expect.any(Error))
    expect(await pass()).toEqual(['good'])
    later(2_001)
    expect(await pass()).toEqual(['good', 'bad'])
    later(2_001)
    expect(await pass()).toEqual(['good'])
    later(2_000)
    expect(await pass()).toEqual(['good', 'bad'])
  })

  test('is forgiven when it has behaved for a while', async () => {
    let broken = true
    const { pass, later } = setup({ run: async () => (broken ? Promise.reject(new Error('broken')) : decided) })
    await pass()
    broken = false
    later(70_000)
    expect(await pass()).toEqual(['run'])
    broken = true
    await pass()
    later(2_001)
    expect(await pass()).toEqual(['run'])
  })

  test('for which nothing was decided is not found again at once', async () => {
    const { pass, report } = setup({ run: async () => nothing })
    expect(await pass()).toEqual(['run'])
    expect(await pass()).toEqual([])
    expect(report).not.toHaveBeenCalled()
  })

  test('whose work somebody else did first is no failure', async () => {
    const { pass, report } = setup({ run: async () => Promise.reject(new OrreryError('STALE_EPOCH', 'late')) })
    await pass()
    expect(report).not.toHaveBeenCalled()
  })

  test('while Postgres is away is not to blame', async () => {
    let away = true
    const { pass } = setup({
      one: async () => (away ? Promise.reject(new OrreryError('UNAVAILABLE', 'away')) : decided),
      two: async () => decided,
    })
    await expect(pass()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    away = false
    expect(await pass()).toEqual(['one', 'two'])
  })
})
