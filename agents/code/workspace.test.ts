/** Tasks that change code, in the real sandbox: side by side, in each other's way, taken over, and under attack. */
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Json } from '../../domain/json.ts'
import type { JournalResult, TaskContext, Workspace } from '../../domain/ports.ts'
import { testSandbox } from '../sandbox/testing.ts'
import type { Source } from '../sandboxed/source.ts'
import { createToolbox } from '../sandboxed/toolbox.ts'
import { type CodeRun, createCodeRun, inTree, Killed, sourceWith } from './testing.ts'
import { type CodeWorkspace, openCode } from './workspace.ts'

vi.setConfig({ testTimeout: 60_000 })
const sandbox = testSandbox()
const toolbox = createToolbox()
const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`)
const files = { 'a.txt': `${lines.join('\n')}\n`, 'b.txt': 'b\n', '.gitignore': 'out/\n' }

/** Runs a script in the tree of a task, as one journaled step. */
const sh = (code: CodeWorkspace, script: string, after?: () => void) =>
  code.step('shell', script, async (workspace: Workspace): Promise<JournalResult> => {
    const { exitCode } = await workspace.exec({ argv: ['bash', '-c', script], cwd: '/work/repo' })
    after?.()
    return { output: { exitCode } }
  })
const replace = (line: number, text: string) => `sed -i '${line}s/.*/${text}/' a.txt`

let run: CodeRun
let source: Source

async function within<T>(context: TaskContext, use: (code: CodeWorkspace) => Promise<T>): Promise<T> {
  const code = await openCode(context, toolbox, source)
  try {
    return await use(code)
  } finally {
    await code.close()
  }
}
const mergedBy = (index: number, script: string) =>
  within(run.task(index), async code => {
    await sh(code, script)
    return code.merge(`Change ${index}`)
  })
const log = () => inTree(run, sandbox, run.trunk?.hash ?? '', 'git log --format=%s')

beforeAll(async () => {
  await sandbox.check()
})

describe('one task', () => {
  beforeAll(async () => {
    run = createCodeRun(sandbox)
    source = await sourceWith(run, sandbox, files, { commit: 'f'.repeat(40) })
  })

  it('commits with where it came from, and leaves what the project ignores', async () => {
    const merged = await within(run.task(0), async code => {
      await sh(code, 'echo c > c.txt; mkdir out; echo x > out/x; rm b.txt')
      expect(await code.commit('Add c\n\nOrrery-Run: forged', { 'Orrery-Model': 'simulated/one' })).toMatchObject({
        files: 2,
      })
      expect(await code.commit('Nothing')).toEqual({ commit: null, files: 0 })
      const { files, diff } = await code.patch()
      expect(files.map(({ path, status }) => [path, status])).toEqual([
        ['b.txt', 'deleted'],
        ['c.txt', 'added'],
      ])
      expect(diff).toContain('+++ b/c.txt\n@@ -0,0 +1 @@\n+c\n')
      return code.merge()
    })
    expect(merged).toMatchObject({ outcome: 'merged', message: 'Add c', commit: run.trunk?.commit })
    const told = await inTree(
      run,
      sandbox,
      run.trunk?.hash ?? '',
      'git log -1 --format=%an:%ae:%B; git status --short; git fsck --strict 2>&1; ls',
    )
    expect(told).toContain('Orrery:agents@orrery.invalid:Add c')
    expect(told).toMatch(/ Orrery-Run: forged\n\nOrrery-Run: run_test\nOrrery-Task: 0\nOrrery-Model: simulated\/one\n/)
    expect(told).toMatch(/\na\.txt\nc\.txt$/)
    expect(told).not.toContain('??')
  })

  it('leaves out what tools left behind, also where no .gitignore names it, and nothing that looks like it', async () => {
    const made = [
      'mkdir -p node_modules/x app/node_modules/y app/dist app/src/build lib/__pycache__',
      'touch node_modules/x/i.js app/node_modules/y/i.js app/dist/app.js app/src/build/plan.js lib/__pycache__/a.pyc',
      "echo '{}' > app/package.json",
    ].join('; ')
    await within(run.task(7), async code => {
      await sh(code, made)
      expect(await code.commit('Add an app')).toMatchObject({ files: 2 })
      await sh(code, 'git add -A')
      const merged = await code.merge()
      expect(merged.outcome === 'merged' && merged.patch.files.map(({ path }) => path)).toEqual([
        'app/package.json',
        'app/src/build/plan.js',
      ])
    })
  })

  it('without a change merges nothing', async () => {
    expect(await mergedBy(1, 'true')).toEqual({ outcome: 'nothing' })
    expect((await log()).split('\n')).toHaveLength(3)
  })
})

/** The result of a merge as it was recorded before it told of the change. */
function withoutChange(output: Json): Json {
  if (output === null || typeof output !== 'object' || Array.isArray(output)) return output
  const { change: _change, conflicting: _conflicting, ...before } = output as { readonly [key: string]: Json }
  return before
}

describe('two tasks', () => {
  beforeAll(async () => {
    run = createCodeRun(sandbox)
    source = await sourceWith(run, sandbox, files)
  })

  it('that change different places are both merged, and the trunk stays a line', async () => {
    await within(run.task(0), async first => {
      await within(run.task(1), async second => {
        await sh(first, replace(2, 'first'))
        await sh(second, replace(18, 'second'))
        expect(await second.merge('Second')).toMatchObject({ outcome: 'merged' })
        expect(await first.merge('First')).toMatchObject({
          outcome: 'merged',
          patch: { files: [{ path: 'a.txt', added: 1, removed: 1 }] },
        })
      })
    })
    const hash = run.trunk?.hash ?? ''
    expect(await inTree(run, sandbox, hash, 'git log --merges --format=%s; sed -n "2p;18p" a.txt')).toBe(
      'first\nsecond',
    )
    expect(await log()).toBe('First\nSecond\nBefore: the project as it was')
  })

  it('that change the same line conflict; the later one gets both sides, resolves them and is merged', async () => {
    await within(run.task(2), async slow => {
      await sh(slow, replace(10, 'slow'))
      await slow.commit('Slow')
      expect(await mergedBy(3, replace(10, 'fast'))).toMatchObject({ outcome: 'merged' })
      const conflict = await slow.merge()
      expect(conflict).toMatchObject({
        outcome: 'conflict',
        trunk: { commit: run.trunk?.commit },
        files: [{ file: 'a.txt' }],
      })
      expect(run.conflicts).toMatchObject([{ trunkCommit: run.trunk?.commit, files: 1, paths: ['a.txt'] }])
      const { commit = '', mergeBase = '' } = run.conflicts[0] ?? {}
      const trunk = conflict.outcome === 'conflict' ? conflict.trunk.hash : ''
      // Both sides are commits that can be looked at, and parted where it is said.
      expect(
        await inTree(run, sandbox, trunk, `git merge-base HEAD ${commit}; git show ${commit}:a.txt | sed -n 10p`),
      ).toBe(`${mergeBase}\nslow`)
      expect(conflict.outcome === 'conflict' && conflict.files[0]?.markers).toMatch(
        /<<<<<<< [\s\S]*fast\n=======\nslow\n>>>>>>> /,
      )
      await sh(slow, "sed -i -e '/^<<<<<<< /d' -e '/^=======$/d' -e '/^>>>>>>> /d' a.txt")
      expect(await slow.merge()).toMatchObject({ outcome: 'merged', message: 'Slow' })
    })
    expect(await inTree(run, sandbox, run.trunk?.hash ?? '', 'sed -n 10,11p a.txt')).toBe('fast\nslow')
  })

  it('have a conflict from a journal of before it was an event, and none is made up for it', async () => {
    const recorded = run.journal(2).map(call => ({ ...call, output: withoutChange(call.output) }))
    const told = run.conflicts.length
    const conflict = await within(run.task(2, { recorded }), async slow => {
      await sh(slow, replace(10, 'slow'))
      await slow.commit('Slow')
      return slow.merge()
    })
    expect(conflict).toMatchObject({ outcome: 'conflict', files: [{ file: 'a.txt' }] })
    expect(run.conflicts).toHaveLength(told)
  })

  it('of which one is faster while the other is about to move the trunk: the other merges again', async () => {
    let faster = 0
    const context = run.task(4, {
      beforeMerge: async () => {
        if (faster++ === 0) await mergedBy(5, replace(1, 'faster'))
      },
    })
    const merged = await within(context, async code => {
      await sh(code, replace(20, 'slower'))
      return code.merge('Slower')
    })
    expect(merged).toMatchObject({ outcome: 'merged' })
    expect(faster).toBe(2)
    expect(await inTree(run, sandbox, run.trunk?.hash ?? '', 'sed -n "1p;20p" a.txt')).toBe('faster\nslower')
  })
})

describe('a task that another worker takes over', () => {
  const ran: string[] = []
  const work = (context: TaskContext) =>
    within(context, async code => {
      for (const name of ['one', 'two', 'three']) await sh(code, `echo ${name} >> log.txt`, () => ran.push(name))
      await code.commit('Log')
      return code.merge()
    })

  it.each(Array.from({ length: 7 }, (_, call) => call))(
    'killed after the effect of call %i, before its record, ends the same',
    async call => {
      run = createCodeRun(sandbox)
      source = await sourceWith(run, sandbox, files)
      ran.length = 0
      await expect(work(run.task(0, { killAfter: call }))).rejects.toThrow(Killed)
      const before = [...ran]
      const merged = await work(run.task(0))
      expect(merged).toMatchObject({ outcome: 'merged', patch: { files: [{ path: 'log.txt', added: 3 }] } })
      expect(await inTree(run, sandbox, run.trunk?.hash ?? '', 'cat log.txt; git rev-list --count HEAD')).toBe(
        'one\ntwo\nthree\n2',
      )
      // At most the call that was under way is run twice.
      expect(ran.length - before.length).toBe(call >= 1 && call <= 3 ? 4 - call : call === 0 ? 3 : 0)
    },
  )

  it('after its merge, whose lines others have changed since, has no conflict with them', async () => {
    run = createCodeRun(sandbox)
    source = await sourceWith(run, sandbox, files)
    const change = (context: TaskContext) =>
      within(context, async code => {
        await sh(code, replace(10, 'mine'))
        return code.merge('Mine')
      })
    // Calls: begin, change, merge, move the trunk.
    await expect(change(run.task(0, { killAfter: 3 }))).rejects.toThrow(Killed)
    const merged = run.trunk?.commit
    expect(await mergedBy(1, replace(10, 'theirs'))).toMatchObject({ outcome: 'merged' })
    expect(await change(run.task(0))).toMatchObject({ outcome: 'merged', commit: merged })
    expect(await log()).toMatch(/^Change 1\nMine\n/)
    run = createCodeRun(sandbox)
    source = await sourceWith(run, sandbox, files)
    await work(run.task(0))
  })

  it('after its merge: says the same, and moves nothing', async () => {
    const trunk = run.trunk
    expect(await work(run.task(0))).toMatchObject({ outcome: 'merged', commit: trunk?.commit })
    expect(run.trunk).toBe(trunk)
  })
})

describe('a hostile project', () => {
  const trap = 'touch /work/sprung /work/repo/sprung'
  beforeAll(async () => {
    run = createCodeRun(sandbox)
    const attributes = '* filter=evil diff=evil merge=evil\n'
    source = await sourceWith(run, sandbox, {
      ...files,
      '.gitattributes': attributes,
      '.gitmodules': '[submodule "x"]\n\tpath = x\n\turl = ext::sh -c touch% /x\n',
    })
  })

  it('that sets hooks, filters, drivers and branches in the repository of its task reaches neither trunk nor message', async () => {
    const settings = [
      'filter.evil.clean',
      'filter.evil.smudge',
      'diff.evil.textconv',
      'diff.external',
      'core.fsmonitor',
      'merge.evil.driver',
      'core.editor',
    ]
    const script = [
      ...settings.map(name => `git config ${name} '${trap}; cat'`),
      `mkdir -p .git/hooks; for hook in pre-commit commit-msg post-commit reference-transaction post-index-change; do printf '#!/bin/sh\\n${trap}\\n' > .git/hooks/$hook; chmod +x .git/hooks/$hook; done`,
      'git -c core.hooksPath=/dev/null -c filter.evil.clean= checkout -q --orphan elsewhere; echo mine > mine.txt',
      'rm -f sprung /work/sprung',
    ].join('\n')
    const merged = await within(run.task(0), async code => {
      await sh(code, script)
      return code.merge('Add mine')
    })
    expect(merged).toMatchObject({ outcome: 'merged', patch: { files: [{ path: 'mine.txt', status: 'added' }] } })
    const told = await inTree(
      run,
      sandbox,
      run.trunk?.hash ?? '',
      'ls .git .git/hooks 2> /dev/null; cat .git/config; git log --format=%s',
    )
    expect(told).not.toMatch(/evil|sprung|elsewhere|hooks/)
    expect(told).toMatch(/Add mine\nBefore: the project as it was$/)
  })

  it('whose history was removed altogether is merged all the same', async () => {
    expect(await mergedBy(1, 'rm -rf .git; echo x > x.txt')).toMatchObject({
      outcome: 'merged',
      patch: { files: [{ path: 'x.txt' }] },
    })
  })

  it('that hides a repository within itself is refused, with what to do', async () => {
    const nested = 'git -c core.fsmonitor=false init -q inner; cd inner; git commit -q --allow-empty -m x'
    await expect(mergedBy(2, nested)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('inner'),
      hint: 'Remove its .git.',
    })
  })

  it('cannot lead the trunk out of itself by links', async () => {
    expect(await mergedBy(3, 'ln -s /etc/passwd link; ln -s ../../.. up')).toMatchObject({ outcome: 'merged' })
    expect(await inTree(run, sandbox, run.trunk?.hash ?? '', 'git ls-files -s link up | cut -c1-6')).toBe(
      '120000\n120000',
    )
  })
})
