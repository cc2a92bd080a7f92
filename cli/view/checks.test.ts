import { expect, test } from 'vitest'
import { createStyle } from '../style.ts'
import { renderChecks } from './checks.ts'

test('what is amiss says how to mend it, in full, whatever the width', () => {
  const checks = [
    { name: 'network', state: 'ok', seen: 'no interface but its own', mend: '' },
    {
      name: 'memory',
      state: 'bad',
      seen: 'asked for an end at 32 MiB; seen: exit after 5000 ms',
      mend: 'see whether the control groups can be limited',
    },
    { name: 'Go', state: 'note', seen: 'not there', mend: '' },
  ] as const
  expect(renderChecks('Sandbox', checks, { width: 50, style: createStyle(false) })).toEqual([
    'Sandbox',
    '  ✔ network  no interface but its own',
    '  ✖ memory   asked for an end at 32 MiB; seen:',
    '               exit after 5000 ms',
    '             → see whether the control groups can',
    '               be limited',
    '  – Go       not there',
  ])
})
