/** Whoever works on a task looks for its checks by every way out of the sandbox that is known, and finds nothing. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createCodeRun } from '../agents/code/testing.ts'
import { openCode } from '../agents/code/workspace.ts'
import { gitCheckout } from '../agents/roles/git-checkout.ts'
import { testSandbox } from '../agents/sandbox/testing.ts'
import { createToolbox } from '../agents/sandboxed/toolbox.ts'
import { readTasks } from './task.ts'
import { copyOf } from './trial.ts'

vi.setConfig({ testTimeout: 120_000 })
const aside = '\\( -path /proc -o -path /sys -o -path /usr \\) -prune -o'
const sandbox = testSandbox()
const toolbox = createToolbox()
beforeAll(() => sandbox.check())

describe.each(readTasks(['closed-ranges', 'top-words']).map(task => [task.name, task] as const))('%s', (_, task) => {
  const copy = copyOf(task)
  afterAll(() => rmSync(copy, { recursive: true, force: true }))

  test('does not show its checks to who works on it', async () => {
    const run = createCodeRun(sandbox)
    const checkout = gitCheckout(toolbox, [])
    const checkedOut = await checkout.run(run.task(0, { input: { repo: copy } }))
    if (!checkedOut.ok) throw new Error(checkedOut.failure.message)
    const code = await openCode(run.task(1), toolbox, checkedOut.output as never)
    const said: string[] = []
    const sh = async (script: string): Promise<string> => {
      await code.step('shell', script, async workspace => {
        const { stdout } = await workspace.exec({ argv: ['bash', '-c', script], cwd: '/work/repo' })
        said.push(Buffer.from(stdout).toString().trim())
        return { output: null }
      })
      return said.at(-1) ?? ''
    }
    try {
      const names = [...task.hidden.keys()].map(path => `-name '${path.split('/').at(-1)}'`).join(' -o ')
      const [shown = ''] = task.repo.keys()
      // That it would find what is there.
      expect(await sh(`find / ${aside} -path '*/repo/${shown}' -print 2> /dev/null`)).toContain(shown)
      expect(await sh(`find / ${aside} \\( ${names} \\) -print 2> /dev/null`)).toBe('')

      const home = join(task.directory, '..')
      const guesses = [home, `/proc/1/root${home}`, `${copy}/../../../evals/tasks/${task.name}`]
      expect(await sh(`cat ${guesses.map(path => `${path}/checks/* ${path}/task.yaml`).join(' ')} 2> /dev/null`)).toBe(
        '',
      )
      expect(await sh(`ln -s ${home} way && ls way/ 2> /dev/null; rm way`)).toBe('')

      const [secret = ''] = secretsOf([...task.hidden.values()], [...task.repo.values()])
      expect(secret).not.toBe('')
      const places = '/work /opt/packages /opt/tools/inside /tmp /etc /home /root /run /var /srv /mnt /dev/shm'
      expect(await sh(`grep -rlF -- ${quoted(secret)} ${places} 2> /dev/null`)).toBe('')
      expect(await sh(`git log --all -p | grep -cF -- ${quoted(secret)}`)).toBe('0')
    } finally {
      await code.close()
    }
  })
})

/** Lines of the checks that the repository does not hold, the longest first. */
const secretsOf = (hidden: readonly string[], shown: readonly string[]): string[] =>
  hidden
    .flatMap(text => text.split('\n'))
    .filter(line => /^[ \w]/.test(line) && !shown.some(text => text.includes(line)))
    .toSorted((left, right) => right.length - left.length)

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
