/** The tree that a checkout left, as later tasks are given it, and how it comes into their workspaces. */
import { existsSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { z } from 'zod'
import { repositoryPath } from '../../domain/artifact.ts'
import { OrreryError } from '../../domain/errors.ts'
import type { ReadOnlyMount, SandboxLimits, TaskContext } from '../../domain/ports.ts'
import type { BenchOptions } from './bench.ts'
import type { Toolbox } from './toolbox.ts'

/**
 * Packages that are installed beside the original of the tree, on the machine of the server. They are mounted read-only
 * rather than kept: they are a hundred times as large as the tree, and anybody can install them again.
 */
export const InstalledPackages = z.object({
  hostPath: z.string().refine(path => isAbsolute(path), 'is not absolute'),
  /** Where they belong: a directory of the tree, or `..` where they lie above it. */
  at: z.union([repositoryPath, z.literal('..')]),
  kind: z.enum(['node', 'python']),
})
export type InstalledPackages = z.infer<typeof InstalledPackages>

/** The output of a checkout. */
export const Source = z.object({
  /** Hash of the packed tree. */
  tree: z.string().regex(/^[0-9a-f]{64}$/, 'is not a sha256'),
  commit: z.string().nullable(),
  packages: z.array(InstalledPackages).max(50),
})
export type Source = z.infer<typeof Source>

const Input = z.object({ source: Source })

/** The source in a task's input. Throws OrreryError BAD_INPUT. */
export function sourceOf(context: TaskContext): Source {
  const parsed = Input.safeParse(context.input)
  if (parsed.success) return parsed.data.source
  throw new OrreryError('BAD_INPUT', 'the input names no source: it must be the output of a checkout', {
    hint: 'Write {"source": {"$ref": "tasks.checkout.output"}} as the input of the step.',
  })
}

const mebibyte = 1024 * 1024

/** What reading a tree of 100,000 files takes; a workspace's files lie in memory and count as such. */
export const roomForTrees: Partial<SandboxLimits> = {
  // Compilers and garbage collectors have threads of their own.
  cpus: 2,
  memoryBytes: 1_536 * mebibyte,
  workspaceBytes: 768 * mebibyte,
  workspaceInodes: 250_000,
}

/** A bench whose workspace holds the tree at `/work/repo`, with installed packages where they are wanted and there. */
export function benchWith(
  context: TaskContext,
  toolbox: Toolbox,
  source: Source,
  { withPackages }: { withPackages: boolean },
): BenchOptions {
  const packages = withPackages ? source.packages.filter(({ hostPath }) => existsSync(hostPath)) : []
  const mounts: ReadOnlyMount[] = packages.map(({ hostPath }, index) => ({
    hostPath,
    path: `/opt/packages/${index}/node_modules`,
  }))
  return {
    limits: roomForTrees,
    mounts: [...toolbox.mounts, ...mounts],
    async prepare(workspace) {
      await workspace.unpack('repo', await context.blobs.get(source.tree))
      const links = packages.flatMap(({ at, kind }, index) =>
        kind === 'node' ? [{ at, from: `/opt/packages/${index}/node_modules` }] : [],
      )
      if (links.length === 0) return
      const linked = await workspace.exec({
        argv: ['node', toolbox.program('link-packages.mjs')],
        stdin: JSON.stringify(links),
      })
      if (linked.exitCode !== 0)
        throw new OrreryError('INTERNAL', 'the installed packages could not be linked into the workspace')
    },
  }
}

/** Where the Python packages of a source are to be seen inside, for PYTHONPATH. */
export function pythonPathOf(source: Source): string {
  const present = source.packages.filter(({ hostPath }) => existsSync(hostPath))
  return present
    .flatMap(({ kind }, index) => (kind === 'python' ? [`/opt/packages/${index}/node_modules`] : []))
    .join(':')
}
