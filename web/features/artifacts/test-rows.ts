import type { TestCase, TestReport } from '../../../domain/artifact.ts'
import type { Tone } from '../../ui/status.tsx'

const order: Record<TestCase['status'], number> = { failed: 0, passed: 1, skipped: 2 }

/** Failed ones first, otherwise as they were run. */
export function arrangeCases(cases: readonly TestCase[], text: string, statuses: readonly string[]): TestCase[] {
  const wanted = text.toLowerCase()
  return cases
    .filter(one => statuses.length === 0 || statuses.includes(one.status))
    .filter(
      one =>
        wanted === '' || `${one.suite} ${one.name} ${one.file ?? ''} ${one.message}`.toLowerCase().includes(wanted),
    )
    .sort((a, b) => order[a.status] - order[b.status])
}

const tones: Record<TestReport['outcome'], Tone> = {
  passed: 'good',
  failed: 'bad',
  'timed-out': 'bad',
  'not-run': 'wait',
  unreadable: 'wait',
}
export const toneOfOutcome = (outcome: TestReport['outcome']): Tone => tones[outcome]
