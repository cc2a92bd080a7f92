/** A repository behind a URL. The server that it is fetched from runs in the sandbox's own, otherwise empty, network. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { RepositorySummary } from '../../domain/artifact.ts'
import { testSandbox } from '../sandbox/testing.ts'
import { createTestRun } from './testing.ts'
import { withGitServer } from './testing-git-sandbox.ts'
import { inGit, removeTemporary, repository, temporary } from './testing-repositories.ts'

vi.setConfig({ testTimeout: 60_000 })
const sandbox = testSandbox()
const asked: (readonly string[] | undefined)[] = []

describe('a repository behind a URL', () => {
  let remote: string
  const checkOut = async (repo: string, ref: string | null = null) => {
    const opened = ({ egress }: { egress?: readonly string[] }) => void asked.push(egress)
    const run = createTestRun(withGitServer(sandbox, { root: remote, port: 8_080, opened }))
    const { result } = await run.perform('git.checkout', { repo, ref })
    const [summary] = await run.json<RepositorySummary>('RepositorySummary')
    return { result, summary }
  }

  beforeAll(async () => {
    await sandbox.check()
    remote = temporary()
    const original = repository({ 'src/a.js': 'export const a = 1\n', 'README.md': '# a\n' })
    inGit(original, 'commit', '--quiet', '--allow-empty', '--message', 'Again')
    inGit(original, 'branch', 'other', 'HEAD~1')
    inGit(original, 'tag', 'v1.0.0')
    inGit(remote, 'clone', '--quiet', '--bare', original, 'shop.git')
    inGit(remote, 'init', '--quiet', '--bare', 'empty.git')
  })
  afterAll(removeTemporary)

  it('is fetched with its history and the name of its branch', async () => {
    const { result, summary } = await checkOut('http://127.0.0.1:8080/shop.git')
    expect(result).toMatchObject({ ok: true, output: { branch: 'main', files: 2, packages: [] } })
    expect(summary).toMatchObject({
      source: 'http://127.0.0.1:8080/shop.git',
      commits: 2,
      churn: [{ commits: 1 }, { commits: 1 }],
    })
    expect(asked.at(-1)).toEqual(['127.0.0.1:8080'])
  })

  it.each(['other', 'v1.0.0'])('is fetched at %s', async ref => {
    const { result } = await checkOut('http://127.0.0.1:8080/shop.git', ref)
    expect(result).toMatchObject({ ok: true, output: { branch: ref } })
  })

  it.each([
    ['a ref that is not there', 'shop.git', 'nowhere', 'NOT_FOUND', 'there is no nowhere in the repository', false],
    ['no repository', 'nothing.git', null, 'NOT_FOUND', 'there is no repository at this address', false],
    ['no commit', 'empty.git', null, 'NOT_FOUND', 'the repository has no commit', false],
    [
      'a private one',
      'private/x.git',
      null,
      'NOT_FOUND',
      'the repository does not exist, or is not open to everybody',
      false,
    ],
  ])('%s is said', async (_, path, ref, code, message, retryable) => {
    const { result } = await checkOut(`http://127.0.0.1:8080/${path}`, ref)
    expect(result).toMatchObject({ ok: false, failure: { code, message, retryable } })
  })

  it('a host that the configuration does not name is not asked', async () => {
    for (const url of ['http://127.0.0.1:6379/x.git', 'http://169.254.169.254/latest', 'https://example.com/x.git']) {
      const { result } = await checkOut(url)
      expect(result).toMatchObject({
        ok: false,
        failure: { code: 'FORBIDDEN', retryable: false, hint: expect.stringContaining('ORRERY_GIT_HOSTS') },
      })
    }
  })

  it('a server that does not answer may do so later', async () => {
    const { result } = await checkOut('http://127.0.0.1:9/x.git')
    expect(result).toMatchObject({
      ok: false,
      failure: { code: 'UNAVAILABLE', retryable: true, message: expect.stringContaining('could not be fetched') },
    })
  })
})
