/** Brings a repository into the run: its tree as an archive, and what stands in it. */
import { z } from 'zod'
import { NotChecked, RepositorySummary } from '../../domain/artifact.ts'
import { errorCodes, OrreryError } from '../../domain/errors.ts'
import type { Json } from '../../domain/json.ts'
import type { Agent, JournalResult, TaskContext, TaskResult, Workspace, WorkspaceRequest } from '../../domain/ports.ts'
import { cleanJson, cleanText } from '../../domain/run/clean.ts'
import { type Directory, inspectDirectory } from '../checkout/directory.ts'
import { CheckoutInput, type Location, parseLocation, parseRef, refuseStranger } from '../checkout/location.ts'
import { attempt } from '../sandboxed/attempt.ts'
import { parseJson } from '../sandboxed/parse-json.ts'
import { roomForTrees, type Source } from '../sandboxed/source.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'

const mebibyte = 1024 * 1024
/** A tree that is larger is not kept; its archive has to pass through memory. */
const mostTreeBytes = 192 * mebibyte

const Refusal = z.object({ refused: z.object({ code: z.enum(errorCodes), message: z.string(), hint: z.string() }) })
const Placed = RepositorySummary.omit({ source: true }).extend({ notChecked: z.array(NotChecked).max(100) })

/** `gitHosts`: `host` or `host:port` from which repositories may be fetched; from no other, whoever asks. */
export function gitCheckout(toolbox: Toolbox, gitHosts: readonly string[]): Agent {
  return {
    name: 'git.checkout',
    title: 'Check out',
    description:
      'Brings in a repository from a local path or an https URL: commit, branch, languages, size and churn, and its tree as an archive.',
    capabilities: ['checkout', 'git'],
    workerClass: 'sandbox',
    produces: ['RepositorySummary', 'Archive'],
    run: context => attempt(context, () => checkOut(context, toolbox, gitHosts)),
  }
}

async function checkOut(context: TaskContext, toolbox: Toolbox, gitHosts: readonly string[]): Promise<TaskResult> {
  const { repo, ref } = parseInput(context.input)
  const location = parseLocation(repo)
  if (location.kind === 'url') refuseStranger(location.host, gitHosts)
  const plan = location.kind === 'url' ? planUrl(location, ref) : planDirectory(inspectDirectory(location.path), ref)
  const shown = location.kind === 'url' ? location.url : location.path
  const record = await context.journal('git', `Check out ${shown}${ref === null ? '' : ` at ${ref}`}`, () =>
    place(context, toolbox, plan),
  )
  if (record.outputHash === null || record.treeHash === null)
    throw new OrreryError('INTERNAL', 'the checkout was recorded without its tree')
  const placed = Placed.parse(parseJson(await context.blobs.get(record.outputHash)))
  const summary: RepositorySummary = { source: shown, ...placed }
  const source: Source = { tree: record.treeHash, commit: summary.commit, packages: plan.packages }
  context.output(
    `${summary.files} files, ${summary.commits} commits, ${summary.languages
      .slice(0, 4)
      .map(({ language }) => language)
      .join(', ')}\n`,
  )
  return {
    ok: true,
    output: { ...source, branch: summary.branch, files: summary.files, bytes: summary.bytes },
    artifacts: [
      { kind: 'RepositorySummary', title: 'Repository', mediaType: 'application/json', body: JSON.stringify(summary) },
      {
        kind: 'Archive',
        title: 'Source tree',
        mediaType: 'application/x-tar',
        body: await context.blobs.get(source.tree),
      },
    ],
  }
}

function parseInput(input: Json): { repo: string; ref: string | null } {
  const parsed = CheckoutInput.safeParse(input)
  if (!parsed.success)
    throw new OrreryError('BAD_INPUT', 'a checkout needs a repository: {"repo": "an absolute path or an https URL"}')
  return { repo: parsed.data.repo, ref: parseRef(parsed.data.ref) }
}

type Plan = { request: Pick<WorkspaceRequest, 'mounts' | 'egress'>; options: Json; packages: Source['packages'] }

const nowhere = { source: '', gitDir: '', prefix: '', url: '', ref: '', bare: false }

function planUrl({ url, host }: Location & { kind: 'url' }, ref: string | null): Plan {
  return { request: { egress: [host] }, options: { ...nowhere, mode: 'url', url, ref: ref ?? '' }, packages: [] }
}

function planDirectory({ path, gitDir, prefix, bare, packages }: Directory, ref: string | null): Plan {
  const tree = { hostPath: path, path: '/opt/source' }
  if (gitDir === null) {
    if (ref === null)
      return { request: { mounts: [tree] }, options: { ...nowhere, mode: 'plain', source: tree.path }, packages }
    throw new OrreryError('BAD_INPUT', 'the directory is no Git repository, so it has no ref', {
      hint: 'Leave the ref out.',
    })
  }
  // A history that lies above the directory is mounted on its own: nothing else of up there is to be seen.
  const around = prefix === '' ? [] : [{ hostPath: gitDir, path: '/opt/source-history' }]
  const inside = bare ? tree.path : prefix === '' ? `${tree.path}/.git` : '/opt/source-history'
  const options = { ...nowhere, mode: 'git', source: tree.path, gitDir: inside, prefix, ref: ref ?? '', bare }
  return { request: { mounts: [tree, ...around] }, options, packages }
}

/** One call of the journal: the tree is only ever brought in whole. */
async function place(context: TaskContext, toolbox: Toolbox, { request, options }: Plan): Promise<JournalResult> {
  const workspace = await context.sandbox.open({
    limits: roomForTrees,
    egress: request.egress ?? [],
    mounts: [...toolbox.mounts, ...(request.mounts ?? [])],
    label: `${context.runId}-${context.taskIndex}`,
  })
  try {
    const result = await workspace.exec({
      argv: ['node', '--no-warnings', toolbox.program('checkout.mjs')],
      stdin: JSON.stringify(options),
      limits: { wallMs: 240_000, cpuSeconds: 180, outputBytes: 8 * mebibyte },
      signal: context.signal,
    })
    const said = parseJson(result.stdout)
    const refusal = Refusal.safeParse(said)
    if (refusal.success) throw refused(refusal.data.refused)
    const placed = Placed.safeParse(dropHostile(said))
    if (result.exitCode !== 0 || !placed.success) throw failed(result.end, new TextDecoder().decode(result.stderr))
    const tree = await context.blobs.put(await packTree(workspace))
    const { hash } = await context.blobs.put(new TextEncoder().encode(JSON.stringify(placed.data)))
    return {
      output: { files: placed.data.files, commit: placed.data.commit },
      outputHash: hash,
      treeHash: tree.hash,
      exitCode: 0,
    }
  } finally {
    await workspace.close()
  }
}

async function packTree(workspace: Workspace): Promise<Uint8Array> {
  try {
    return await workspace.pack('repo', mostTreeBytes)
  } catch (error) {
    if (!(error instanceof OrreryError && error.code === 'LIMIT_EXCEEDED')) throw error
    const message = `the files are larger than ${mostTreeBytes / mebibyte} MiB together, which is the most that an audit takes`
    throw new OrreryError('LIMIT_EXCEEDED', message, { hint: 'Audit a sub-directory.', cause: error })
  }
}

/** Names that hold control characters are no names to show; what is counted stays counted. */
function dropHostile(said: unknown): unknown {
  const { churn, ...rest } = (said ?? {}) as { churn?: unknown }
  const kept = Array.isArray(churn)
    ? churn.filter(({ file }) => typeof file === 'string' && cleanText(file) === file)
    : churn
  return cleanJson({ ...rest, churn: kept })
}

function refused({ code, message, hint }: z.infer<typeof Refusal>['refused']): OrreryError {
  // A network that does not answer now may do so later; a repository that is not there will not come.
  const retryable = code === 'UNAVAILABLE'
  return new OrreryError(code, cleanText(message).slice(0, 1_000), { hint: cleanText(hint).slice(0, 500), retryable })
}

function failed(end: string, complaint: string): OrreryError {
  if (end === 'memory' || /ENOSPC|No space left/.test(complaint)) {
    return new OrreryError('LIMIT_EXCEEDED', 'the repository does not fit into a workspace', {
      hint: 'Audit a sub-directory.',
    })
  }
  if (end === 'wall-time' || end === 'cpu-time')
    return new OrreryError('TIMEOUT', 'the checkout took too long', { retryable: true })
  return new OrreryError(
    'TASK_FAILED',
    `the checkout failed: ${cleanText(complaint).trim().split('\n').at(-1)?.slice(0, 300) ?? end}`,
  )
}
