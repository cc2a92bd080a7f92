/** Pushes what a run has made to a remote repository. Always asks; moves the branch only from where it was seen. */
import { z } from 'zod'
import { OrreryError } from '../../domain/errors.ts'
import type { Agent, TaskContext, TaskResult } from '../../domain/ports.ts'
import { localRepository } from '../checkout/directory.ts'
import { type Location, parseLocation, refuseStranger } from '../checkout/location.ts'
import { branchName } from '../code/branch-name.ts'
import { mayPublish } from '../code/may-publish.ts'
import { codePatch } from '../code/patch.ts'
import { CommitId } from '../code/program.ts'
import { type Outcome, packOutcome, type Target } from '../code/publication.ts'
import { pushBranch, type Remote, remoteTip } from '../code/remote-branch.ts'
import { beginAtTrunk, codeSourceOf } from '../code/trunk.ts'
import { attempt } from '../sandboxed/attempt.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'

export type PushDeps = {
  toolbox: Toolbox
  /** `host` or `host:port` that may be pushed to. */
  gitHosts: readonly string[]
  /** `user:token` for a host; null where there are none. */
  credentialsFor(host: string): string | null
}

const Input = z.object({
  /** Where the checkout came from. */
  repo: z.string().max(4_096),
  /** Where the branch goes. */
  remote: z.string().max(4_096),
  workflow: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,60}$/)
    .default('run'),
  branch: z.string().max(200).nullish(),
})

export function codePush(deps: PushDeps): Agent {
  return {
    name: 'code.push',
    title: 'Push',
    description:
      'Pushes what was merged as a branch to a remote repository. Always asks before it does, and replaces only what it showed.',
    capabilities: ['git', 'code', 'publish'],
    workerClass: 'sandbox',
    produces: ['CodePatch'],
    run: context => attempt(context, () => push(context, deps)),
  }
}

async function push(context: TaskContext, { toolbox, gitHosts, credentialsFor }: PushDeps): Promise<TaskResult> {
  const input = Input.safeParse(context.input)
  if (!input.success)
    throw new OrreryError('BAD_INPUT', 'the input names no repository and remote: {"repo": "…", "remote": "https://…"}')
  const { repo, workflow } = input.data
  const { url, host } = remoteOf(input.data.remote, gitHosts)
  const branch = branchName(input.data.branch ?? null, workflow, context.runId)
  const remote: Remote = { url, credentials: credentialsOver(url, credentialsFor(host)), signal: context.signal }
  const outcome = await packed(context, toolbox, { repo, branch })
  const expected = await tipOf(context, remote, branch)
  const { denied } = await permission(context, { url, branch, expected, outcome })
  if (denied === null) await send(context, remote, { branch, expected, outcome })
  context.output(denied === null ? `${url} has the branch ${branch}\n` : `nothing was pushed: ${denied}\n`)
  const { patch, commits, simulated } = outcome
  const made = { title: 'Patch', patch, commits, simulated: simulated || context.simulated }
  return {
    ok: true,
    output: { pushed: denied === null, url, branch, commit: patch.commit, replaced: expected, why: denied },
    artifacts: [codePatch({ ...made, branch, published: denied === null ? patch.commit : null })],
  }
}

function remoteOf(text: string, gitHosts: readonly string[]): Location & { kind: 'url' } {
  const location = parseLocation(text)
  if (location.kind !== 'url')
    throw new OrreryError(
      'BAD_INPUT',
      'the remote is a path: branches of local repositories are written by code.publish',
    )
  refuseStranger(location.host, gitHosts)
  return location
}

/** Credentials for somebody else to read are none. Throws OrreryError BAD_INPUT. */
function credentialsOver(url: string, credentials: string | null): string | null {
  const { protocol, hostname } = new URL(url)
  const isOpen = protocol === 'http:' && !['127.0.0.1', '[::1]', 'localhost'].includes(hostname)
  if (credentials === null || !isOpen) return credentials
  throw new OrreryError('BAD_INPUT', 'there are credentials for the remote, and they are not sent over http', {
    hint: 'Name its https URL.',
  })
}

async function packed(
  context: TaskContext,
  toolbox: Toolbox,
  { repo, branch }: { repo: string; branch: string },
): Promise<Outcome> {
  const source = codeSourceOf(context)
  const trunk = await beginAtTrunk(context, toolbox, source)
  if (!trunk.merged) throw new OrreryError('BAD_INPUT', 'nothing was changed: there is no commit to push')
  if (source.commit === null)
    throw new OrreryError('BAD_INPUT', 'the work began at no commit, so there is nothing that it could be pushed onto')
  return packOutcome(context, toolbox, trunk, { ...placeOf(repo), upstream: source.commit, branch })
}

function placeOf(repo: string): Pick<Target & { url: string }, 'url' | 'prefix'> | { gitDir: string; prefix: string } {
  const local = localRepository(repo)
  if (local !== null) return local
  const location = parseLocation(repo)
  if (location.kind === 'url') return { url: location.url, prefix: '' }
  throw new OrreryError('BAD_INPUT', 'the directory has no history that a branch could be pushed onto')
}

/** Where the branch stands, as the person who is asked is told. */
async function tipOf(context: TaskContext, remote: Remote, branch: string): Promise<string | null> {
  const { output } = await context.journal('git', `Where ${branch} stands on the remote`, async () => ({
    output: { tip: await remoteTip(remote, branch) },
  }))
  return z.object({ tip: CommitId.nullable() }).parse(output).tip
}

type Wish = { url: string; branch: string; expected: string | null; outcome: Outcome }

const permission = (context: TaskContext, { url, branch, expected, outcome: { patch } }: Wish) => {
  const { host, pathname } = new URL(url)
  const replaced =
    expected === null || expected === patch.commit
      ? ''
      : ` It replaces what stands there now, ${expected.slice(0, 12)}.`
  return mayPublish(context, {
    title: `Push the branch ${branch} to ${host}${pathname}?`,
    lead: `as the branch \`${branch}\` of ${url}.${replaced}`,
    ...{ patch, facts: { branch, url, replaces: expected }, subject: `push ${url}` },
  })
}

/** An effect outside: compare-and-swap under the name of the branch, so that it may be repeated. */
async function send(
  context: TaskContext,
  remote: Remote,
  { branch, expected, outcome: { pack, patch } }: Omit<Wish, 'url'>,
): Promise<void> {
  if (pack === null) throw new OrreryError('INTERNAL', 'the commits were packed for no repository')
  await context.journal('push', `Push ${branch}`, async () => {
    await pushBranch(remote, { branch, commit: patch.commit, expected, pack: await context.blobs.get(pack.hash) })
    return { output: { branch, commit: patch.commit } }
  })
}
