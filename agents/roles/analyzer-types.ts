import type { Agent } from '../../domain/ports.ts'
import { createAnalyzer } from '../analyzers/analyzer.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'

/** What the TypeScript compiler says of TypeScript, and of JavaScript that asks to be checked. */
export const typesAnalyzer = (toolbox: Toolbox): Agent =>
  createAnalyzer(
    {
      name: 'types',
      title: 'Types',
      description: 'What the TypeScript compiler says of TypeScript, and of JavaScript that asks to be checked.',
      withPackages: true,
    },
    toolbox,
  )
