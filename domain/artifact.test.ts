import { describe, expect, it } from 'vitest'
import { agentRegistry } from './agent.ts'
import { artifactKindNames, artifactKinds, Finding, repositoryPath } from './artifact.ts'
import { OrreryError, toFailure } from './errors.ts'
import type { Agent } from './ports.ts'

describe('a path in a repository', () => {
  it.each(['src/a.ts', '.github/x', 'a..b/c', 'ümläut'])('%j is one', path =>
    expect(repositoryPath.safeParse(path).success).toBe(true),
  )
  it.each(['/etc/passwd', '../x', 'a/../../x', 'a\0b', 'x'.repeat(4_097)])('%j is none', path =>
    expect(repositoryPath.safeParse(path).success).toBe(false),
  )
})

describe('a finding', () => {
  const finding = {
    rule: 'no-debugger',
    message: 'm',
    severity: 'error',
    file: 'a.js',
    line: 1,
    column: null,
    endLine: null,
    related: [],
  }
  it('is taken as it is', () => expect(Finding.parse(finding)).toEqual(finding))
  it.each([{ severity: 'fatal' }, { line: 0 }, { line: 1.5 }, { file: '../a' }, { message: 'x'.repeat(2_001) }])(
    'is refused with %j',
    change => expect(Finding.safeParse({ ...finding, ...change }).success).toBe(false),
  )
  it('knows the kinds that may be published', () => {
    expect(artifactKindNames).toContain('AuditReport')
    expect(artifactKinds.AuditReport.safeParse({}).success).toBe(false)
  })
})

describe('a failure', () => {
  it('keeps what was meant to be read, and little of anything else', () => {
    const refusal = new OrreryError('LIMIT_REACHED', 'too many', {
      retryable: true,
      hint: 'wait',
      cause: new Error('why'),
    })
    expect(toFailure(refusal)).toEqual({ code: 'LIMIT_REACHED', message: 'too many', hint: 'wait', retryable: true })
    expect(toFailure(new Error('x'.repeat(9_999)))).toMatchObject({
      code: 'INTERNAL',
      retryable: true,
      message: 'x'.repeat(2_000),
    })
    expect(toFailure('only words').message).toBe('only words')
  })
})

describe('the registry', () => {
  it('finds an agent by name, and refuses two of one name', () => {
    const agent = { name: 'echo' } as Agent
    expect(agentRegistry([agent]).get('echo')).toBe(agent)
    expect(() => agentRegistry([agent, agent])).toThrow('two agents are called echo')
  })
})
