import type { Agent } from '../../domain/ports.ts'
import { createAnalyzer } from '../analyzers/analyzer.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'

/** Likely mistakes in JavaScript and TypeScript (ESLint) and in Python (Ruff). */
export const lintAnalyzer = (toolbox: Toolbox): Agent =>
  createAnalyzer(
    {
      name: 'lint',
      title: 'Lint',
      description: 'Likely mistakes in JavaScript and TypeScript (ESLint) and in Python (Ruff).',
    },
    toolbox,
  )
