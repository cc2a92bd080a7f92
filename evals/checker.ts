/**
 * Whether a change does what its task wants: it is applied to a fresh copy in a sandbox, and the hidden checks are run
 * there. Tests that were there must still be there, with all of their assertions.
 */
import type { Toolbox } from '../agents/sandboxed/toolbox.ts'
import type { ExecResult, Sandbox, Workspace } from '../domain/ports.ts'
import type { EvalTask, Files } from './task.ts'

export type Check = { name: string; ok: boolean; said: string }
export type Verdict = { passed: boolean; checks: readonly Check[] }

const wallMs = 60_000

export type Bench = { sandbox: Sandbox; toolbox: Toolbox }

/** A sandbox for the checks of one task. Whoever opens it closes it. */
export const openChecks = ({ sandbox, toolbox }: Bench, { name }: EvalTask): Promise<Workspace> =>
  sandbox.open({ label: `eval-${name}`, mounts: toolbox.mounts })

/** In a sandbox of its own: what a patch does there could mislead the checks of the next one. */
export async function checkPatch(bench: Bench, task: EvalTask, patch: string): Promise<Verdict> {
  const workspace = await openChecks(bench, task)
  try {
    return await checkIn(workspace, task, patch)
  } finally {
    await workspace.close()
  }
}

/** `patch` is a unified diff against the task's repository; an empty one changes nothing. It meets a fresh copy. */
export async function checkIn(workspace: Workspace, task: EvalTask, patch: string): Promise<Verdict> {
  await workspace.exec({ argv: ['rm', '-rf', 'repo', 'checks'] })
  await writeFiles(workspace, 'repo', task.repo)
  const applied = await apply(workspace, patch)
  const kept = applied.ok ? await testsAreKept(workspace, task) : null
  const checks = [
    applied,
    ...(kept === null ? [] : [kept]),
    ...(kept?.ok === true ? await hiddenChecks(workspace, task) : []),
  ]
  return { passed: checks.every(({ ok }) => ok), checks }
}

async function writeFiles(workspace: Workspace, folder: string, files: Files): Promise<void> {
  const folders = [...files.keys()].map(path => `${folder}/${path.split('/').slice(0, -1).join('/')}`)
  await workspace.exec({ argv: ['mkdir', '-p', folder, ...new Set(folders)] })
  for (const [path, content] of files) await workspace.writeFile(`${folder}/${path}`, content)
}

async function apply(workspace: Workspace, patch: string): Promise<Check> {
  const name = 'the patch applies'
  if (patch.trim() === '') return { name, ok: true, said: 'it is empty' }
  const result = await workspace.exec({
    argv: ['git', 'apply', '--unsafe-paths', '-'],
    cwd: '/work/repo',
    stdin: patch,
  })
  return { name, ok: result.exitCode === 0, said: endOf(result) }
}

const isTest = (path: string): boolean => /^tests?\/.*(\.test\.[jt]s|test_\w+\.py)$/.test(path)
const assertionsIn = (text: string): number => text.match(/\b(assert\w*|expect)\b/gi)?.length ?? 0

async function testsAreKept(workspace: Workspace, { repo }: EvalTask): Promise<Check> {
  const lost: string[] = []
  for (const [path, before] of repo) {
    if (!isTest(path)) continue
    const after = await workspace.readFile(`repo/${path}`, 1_000_000).catch(() => new Uint8Array())
    if (assertionsIn(new TextDecoder().decode(after)) < assertionsIn(before)) lost.push(path)
  }
  return { name: 'tests are kept', ok: lost.length === 0, said: lost.join(', ') }
}

function hiddenChecks(workspace: Workspace, task: EvalTask): Promise<Check[]> {
  return task.subject === undefined ? hiddenTests(workspace, task) : newTests(workspace, task, task.subject)
}

async function hiddenTests(workspace: Workspace, { language, hidden, checks }: EvalTask): Promise<Check[]> {
  const tests = new Map([...hidden].filter(([path]) => /^(hidden\.test\.mjs|test_hidden\.py)$/.test(path)))
  await writeFiles(workspace, 'checks', tests)
  // Half of the time goes into loading what JavaScript does not need.
  const loader = language === 'TypeScript' ? ['--import', '/opt/tools/node_modules/tsx/dist/loader.mjs'] : []
  const result = await workspace.exec({
    argv:
      language === 'Python'
        ? ['python3', '-B', '-m', 'unittest', '-v', 'test_hidden']
        : ['node', ...loader, '--test', '--test-reporter=tap', 'hidden.test.mjs'],
    cwd: '/work/checks',
    env: { PYTHONPATH: '/work/repo', NO_COLOR: '1' },
    limits: { wallMs },
  })
  const passed = passedIn(result, language)
  return [
    {
      name: 'hidden tests',
      ok: result.exitCode === 0 && passed === checks,
      said: `${passed} of ${checks} passed\n${endOf(result)}`,
    },
  ]
}

/** Code under test that ends the process early leaves fewer tests than there are. */
function passedIn(result: ExecResult, language: EvalTask['language']): number {
  const said = textOf(result)
  if (language !== 'Python') return Number(/^# pass (\d+)$/m.exec(said)?.[1] ?? 0)
  return said.match(/ \.\.\. ok$/gm)?.length ?? 0
}

/** The tests pass on the subject as it was, and fail on each faulty one. */
async function newTests(workspace: Workspace, { repo, hidden, language }: EvalTask, subject: string): Promise<Check[]> {
  const run = async (source: string): Promise<ExecResult> => {
    await workspace.writeFile(`repo/${subject}`, source)
    const argv =
      language === 'Python' ? ['python3', '-B', '-m', 'unittest', '-v'] : ['node', '--test', '--test-reporter=tap']
    return workspace.exec({ argv, cwd: '/work/repo', env: { NO_COLOR: '1' }, limits: { wallMs } })
  }
  const right = await run(repo.get(subject) ?? '')
  const checks: Check[] = [
    { name: 'tests pass', ok: right.exitCode === 0 && passedIn(right, language) > 0, said: endOf(right) },
  ]
  for (const [path, source] of hidden) {
    if (!path.startsWith('faulty/')) continue
    const wrong = await run(source)
    checks.push({ name: `tests notice ${path}`, ok: wrong.exitCode !== 0, said: endOf(wrong) })
  }
  return checks
}

const textOf = ({ stdout, stderr }: ExecResult): string =>
  `${new TextDecoder().decode(stdout)}\n${new TextDecoder().decode(stderr)}`
const endOf = (result: ExecResult): string => textOf(result).trim().slice(-1_000)
