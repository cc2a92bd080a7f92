import { describe, expect, test } from 'vitest'
import type { StoredArtifact } from '../../../domain/run/commands.ts'
import { createHistory } from '../../../domain/run/history.ts'
import { evolve } from '../../../domain/run/state.ts'
import { windowOnto } from '../../lib/event-log.ts'
import { align, sharedPrefix } from './align.ts'
import { decisionsOf, sameDecisions } from './decisions.ts'
import { figuresOf } from './figures.ts'
import { pairResults } from './result-pairs.ts'

const steps = [
  { key: 'find', title: 'Find', agent: 'finder' },
  { key: 'check', title: 'Check {item.id}', agent: 'checker', needs: ['find'], forEach: 'tasks.find.output.items' },
  { key: 'report', title: 'Report', agent: 'reporter', needs: ['check'] },
]
const begin = (items: readonly string[], more: typeof steps = []) => {
  const history = createHistory({ name: 'w', version: 1, title: 'W', description: '', steps: [...steps, ...more] })
  history.claim(0)
  history.finish(0, { items: items.map(id => ({ id })) })
  return history
}
const shown = (pairs: ReturnType<typeof align>) =>
  pairs.map(({ left, right, shared }) => `${left?.title ?? '·'} | ${right?.title ?? '·'}${shared ? ' =' : ''}`)
const logOf = ({ events }: { events: ReturnType<typeof begin>['events'] }) => windowOnto(events, events.length)

describe('tasks stand beside themselves', () => {
  test('by step, and in fan-outs by element, whatever their numbers are', () => {
    const [left, right] = [begin(['a', 'b']), begin(['b', 'c', 'a'])]
    expect(shown(align(left.run, right.run))).toEqual([
      'Find | Find',
      'Check {item.id} | Check {item.id}',
      'Report | Report',
      'Check a | Check a',
      'Check b | Check b',
      '· | Check c',
    ])
  })

  test('what one of them has alone stands where it stands there', () => {
    const extra = { key: 'extra', title: 'Extra', agent: 'x' }
    expect(shown(align(begin([]).run, begin([], [extra as never]).run)).slice(-2)).toEqual([
      'Report | Report',
      '· | Extra',
    ])
    expect(shown(align(begin([], [extra as never]).run, begin([]).run)).at(-1)).toBe('Extra | ·')
  })
})

describe('a fork and its parent', () => {
  const parent = begin(['a'])
  const at = parent.run.head
  const forkEvent = {
    type: 'RunForked' as const,
    data: {
      ...{
        fromRunId: parent.run.id,
        atSeq: at,
        forkRunId: '0199c1d2-0000-7000-8000-0000000000f0',
        changes: {},
        reason: '',
      },
      ...{
        agents: [],
        restarted: [],
        children: [],
        journals: [],
        dueAt: null,
        parentRunId: null,
        parentTaskIndex: null,
        depth: 0,
      },
    },
  }
  const envelope = {
    runId: forkEvent.data.forkRunId,
    seq: at + 1,
    at: Date.UTC(2026, 0, 2),
    actor: { kind: 'engine' as const, id: 'e', name: 'E' },
    correlationId: 'c',
    causationSeq: null,
  }
  const fork = evolve(parent.run, { ...forkEvent, ...envelope })

  test('have what happened before in common', () => {
    expect([sharedPrefix(parent.run, fork), sharedPrefix(fork, parent.run)]).toEqual([at, at])
    expect(sharedPrefix(parent.run, begin(['a']).run)).toBe(0)
    expect(shown(align(parent.run, fork)).filter(pair => pair.endsWith('='))).toEqual(['Find | Find ='])
  })

  test('are measured from where they went apart', () => {
    const after = begin(['a'])
    after.claim(3)
    const figures = figuresOf(after.run, logOf(after), { prefix: at, now: after.run.startedAt + 60_000 })
    expect(figures.attempts).toBe(1)
    expect(figures.ms).toBe(after.run.startedAt + 60_000 - (after.events[at - 1]?.at ?? 0))
    const ofFork = figuresOf(fork, windowOnto(parent.events, at), { prefix: at, now: envelope.at + 5_000 })
    expect(ofFork).toMatchObject({ ms: 5_000, attempts: 0, micros: 0, quality: null })
  })
})

test('decisions are told by task, alike ones once', () => {
  const history = begin(['a'])
  history.claim(3)
  const routed = (call: number, model: string) => {
    const common = { taskIndex: 3, epoch: 1, call, tryIndex: 0, model, provider: 'p', simulated: false }
    history.say({
      type: 'StartModelCall',
      ...common,
      purpose: '',
      promptHash: '0'.repeat(64),
      reservedMicros: 1,
      maxOutputTokens: 1,
      routed: { propensity: 1, candidates: [], reason: '' },
      fellBack: null,
    })
    history.say({
      type: 'FinishModelCall',
      ...common,
      costMicros: 700,
      certainty: 'known',
      usage: { input: 1, cacheRead: 0, cacheWrite: 0, output: 1, reasoning: 0 },
      stopReason: 'end',
      output: [],
      contextTokens: 1,
      durationMs: 1,
    })
  }
  routed(0, 'big')
  routed(1, 'big')
  routed(2, 'small')
  const found = decisionsOf(logOf(history)).get(3) ?? []
  expect(found.map(({ kind, text, times }) => [kind, text, times])).toEqual([
    ['model', 'big', 2],
    ['model', 'small', 1],
  ])
  expect(history.events[(found[0]?.seq ?? 0) - 1]?.type).toBe('ModelRouted')
  expect(sameDecisions(found, [...found].reverse())).toBe(true)
  expect(sameDecisions(found, found.slice(1))).toBe(false)
  expect(figuresOf(history.run, logOf(history), { prefix: 0, now: 0 })).toMatchObject({ micros: 2_100, modelCalls: 3 })
})

test('results are told apart by their bytes, what differs first', () => {
  const made = (hashes: readonly string[]) => {
    const history = begin([])
    history.claim(2)
    const artifacts = hashes.map(
      (hash, index): StoredArtifact => ({
        ...{
          artifactId: `0199c1d2-0000-7000-8000-00000000000${index}`,
          kind: 'File',
          title: `f${index}`,
          mediaType: 'text/plain',
          size: 1,
        },
        hash: hash.repeat(64),
      }),
    )
    history.say({ type: 'FinishTask', taskIndex: 2, epoch: 1, output: null, artifacts })
    return history.run
  }
  const pairs = pairResults(made(['a', 'b']), made(['a', 'c', 'd']))
  expect(pairs.map(({ left, right, same }) => [left?.title ?? null, right?.title ?? null, same])).toEqual([
    ['f1', 'f1', false],
    [null, 'f2', false],
    ['f0', 'f0', true],
  ])
})
