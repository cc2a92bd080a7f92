import type { Agent } from '../../domain/ports.ts'
import { createAnalyzer } from '../analyzers/analyzer.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'

/** Credentials that stand in the tree (secretlint), in files of any kind. */
export const secretsAnalyzer = (toolbox: Toolbox): Agent =>
  createAnalyzer(
    {
      name: 'secrets',
      title: 'Secrets',
      description: 'Credentials that stand in the tree (secretlint), in files of any kind.',
    },
    toolbox,
  )
