import type { Agent } from '../../domain/ports.ts'
import { createAnalyzer } from '../analyzers/analyzer.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'

/** Packages that are declared and unused, or used and undeclared, and imports that lead nowhere (Knip). */
export const dependenciesAnalyzer = (toolbox: Toolbox): Agent =>
  createAnalyzer(
    {
      name: 'dependencies',
      title: 'Dependencies',
      description:
        'Packages that are declared and unused, or used and undeclared, and imports that lead nowhere (Knip).',
      withPackages: true,
    },
    toolbox,
  )
