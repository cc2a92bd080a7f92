import { describe, expect, test } from 'vitest'
import { createStyle } from '../style.ts'
import { renderMessage } from './message.ts'
import { renderProposal } from './proposal.ts'

const style = createStyle(false)
const proposal: Parameters<typeof renderProposal>[0] = {
  id: 'prp_1',
  state: 'DONE',
  workflow: 'audit',
  title: 'Audit\x1b[2J',
  variables: { repo: '/repo', only: ['lint'] },
  questions: [{ variable: 'depth', question: 'How deep' }],
  estimate: { low: '100000', high: '2000000', basis: 'PAST_RUNS', runs: 5 },
  reason: 'It says “audit”, and that is what this workflow does.',
  confidence: 0.805,
  model: 'some/model',
  simulated: false,
  error: null,
  project: { slug: 'tally' },
}

describe('a proposal', () => {
  test('is what would be run, on what, at what cost, why, and what is missing', () => {
    expect(renderProposal(proposal, { width: 50, style })).toEqual([
      '? Audit[2J',
      '    workflow  audit',
      '    project   tally',
      '    with      repo=/repo',
      '    with      only=["lint"]',
      '    costs     $0.10 … $2.00, as 5 runs like it did',
      '    why       It says “audit”, and that is what',
      '              this workflow does.',
      '    by        some/model, 81 % sure',
      '    asks      depth: How deep',
    ])
  })

  test.each([
    [{ basis: 'WORST_CASE' as const }, true, 'at most $2.00, simulated: all that its agents may use'],
    [{ basis: 'NO_MODEL' as const }, false, 'nothing: none of its steps calls a model'],
    [{ basis: 'UNKNOWN' as const, low: null, high: null }, false, 'unknown: there is no price'],
  ])('%j, simulated %j, costs %s', (more, simulated, text) => {
    const estimate = { low: '0', high: '2000000', runs: 0, ...more }
    const lines = renderProposal({ ...proposal, simulated, estimate }, { width: 200, style })
    expect(lines).toContain(`    costs     ${text}`)
  })

  test('can be read on a terminal that does not know its size', () => {
    const lines = renderProposal(proposal, { width: 0, style })
    expect(lines).toEqual(expect.arrayContaining(['    workflow  audit', '    with      repo=/repo']))
  })

  test('of rules says that no model made it', () => {
    const lines = renderProposal({ ...proposal, model: null, confidence: 0.5 }, { width: 200, style })
    expect(lines).toContain('    by        rules, without a model, 50 % sure')
  })
})

test('an answer counts its events, leaves marks of nothing as they are, and cannot steer the screen', () => {
  const message: Parameters<typeof renderMessage>[0] = {
    id: 'msg_1',
    state: 'DONE',
    text: 'Begun [run_a#1].\n\x1b[2JEnded [run_a#9], begun [run_a#1].\n',
    model: 'some/model',
    simulated: true,
    cost: '420000',
    links: [{ runId: 'run_a', seq: 1, type: 'RunStarted', title: 'First\nrun' }],
    commands: [],
    error: null,
  }
  expect(renderMessage(message, style)).toEqual([
    'Begun [1].',
    '[2JEnded [run_a#9], begun [1].',
    '  [1] RunStarted, event 1 of First run  run_a',
    '  some/model, $0.42, simulated',
  ])
  expect(renderMessage({ ...message, text: '', links: [], model: null }, style)).toEqual([])
})
