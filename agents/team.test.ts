/** What holds for every role: data that fits together, and prompts that can be read in a minute. */
import { describe, expect, it } from 'vitest'
import { artifactKindNames } from '../domain/artifact.ts'
import { capabilityNames } from '../domain/model-config.ts'
import { toolNames } from '../domain/role.ts'
import { teamRoles } from './team.ts'

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
