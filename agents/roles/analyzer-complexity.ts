import type { Agent } from '../../domain/ports.ts'
import { createAnalyzer } from '../analyzers/analyzer.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'

/** Functions with many ways through them: cyclomatic complexity in JavaScript and TypeScript (ESLint) and Python (Ruff). */
export const complexityAnalyzer = (toolbox: Toolbox): Agent =>
  createAnalyzer(
    {
      name: 'complexity',
      title: 'Complexity',
      description:
        'Functions with many ways through them: cyclomatic complexity in JavaScript and TypeScript (ESLint) and Python (Ruff).',
    },
    toolbox,
  )
