import type { Agent } from '../../domain/ports.ts'
import { createAnalyzer } from '../analyzers/analyzer.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'

/** Files that import each other in a circle (dependency-cruiser). */
export const importCyclesAnalyzer = (toolbox: Toolbox): Agent =>
  createAnalyzer(
    {
      name: 'import-cycles',
      title: 'Import cycles',
      description: 'Files that import each other in a circle (dependency-cruiser).',
    },
    toolbox,
  )
