import type { Agent } from '../../domain/ports.ts'
import { createAnalyzer } from '../analyzers/analyzer.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'

/** Files and exports that nothing uses (Knip), and unused names in Python (Ruff). */
export const deadCodeAnalyzer = (toolbox: Toolbox): Agent =>
  createAnalyzer(
    {
      name: 'dead-code',
      title: 'Dead code',
      description: 'Files and exports that nothing uses (Knip), and unused names in Python (Ruff).',
      withPackages: true,
    },
    toolbox,
  )
