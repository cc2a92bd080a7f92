import type { Agent } from '../../domain/ports.ts'
import { createAnalyzer } from '../analyzers/analyzer.ts'
import type { Toolbox } from '../sandboxed/toolbox.ts'

/** Code that stands in more than one place (jscpd), in any of 150 languages. */
export const duplicatesAnalyzer = (toolbox: Toolbox): Agent =>
  createAnalyzer(
    {
      name: 'duplicates',
      title: 'Duplicates',
      description: 'Code that stands in more than one place (jscpd), in any of 150 languages.',
    },
    toolbox,
  )
