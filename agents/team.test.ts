/** What holds for every role: data that fits together, and prompts that can be read in a minute. */
import { describe, expect, it } from 'vitest'
import { artifactKindNames } from '../domain/artifact.ts'
import { capabilityNames } from '../domain/model-config.ts'
import { toolNames } from '../domain/role.ts'
import { Plan, plannedRoles } from '../domain/work.ts'
import { teamRoles } from './team.ts'
import { createSubmit } from './tools/submit.ts'

it('no two roles share a name', () => expect(new Set(teamRoles.map(({ name }) => name)).size).toBe(teamRoles.length))

describe.each(teamRoles)('$name', role => {
  it('names tools, kinds and capabilities that there are', () => {
    expect(toolNames).toEqual(expect.arrayContaining([...role.tools]))
    expect(artifactKindNames).toEqual(expect.arrayContaining([role.produces, ...role.reads]))
    expect(capabilityNames).toEqual(expect.arrayContaining(Object.keys(role.capabilities)))
    expect(role.tools).toContain('submit')
  })

  it('can change the tree exactly where its changes are merged', () => {
    const changes = role.tools.some(name => ['edit', 'write', 'git_commit'].includes(name))
    expect(changes).toBe(role.writes)
  })

  it('is told what to do in a minute, and to be honest', () => {
    expect(role.prompt.length).toBeLessThan(2_500)
    expect(role.prompt).toMatch(/notVerified|notChecked|notCovered|notFound|notPlanned|assumptions|could not find out/)
  })
})

describe('a plan', () => {
  it('gives steps to roles that there are, and that can change the tree', () => {
    const writers = teamRoles.filter(({ writes }) => writes).map(({ name }) => name)
    expect(writers).toEqual(expect.arrayContaining([...plannedRoles]))
    const { prompt = '' } = teamRoles.find(({ produces }) => produces === 'Plan') ?? {}
    for (const role of plannedRoles) expect(prompt).toContain(role)
  })

  it('with an agent that is none of them is sent back to the model that wrote it', () => {
    const step = { key: 'a', title: 'A', goal: 'g', acceptance: ['x'] }
    const body = { summary: 's', steps: [{ ...step, agent: 'magician' }] }
    expect(createSubmit('Plan').read({ title: 'Plan', body })).toEqual({
      ok: false,
      faults: [expect.stringMatching(/agent.*code-generator/)],
    })
    expect(Plan.parse({ summary: 's', steps: [step] }).steps[0]?.agent).toBe('code-generator')
  })
})
