/** The roles of the development team, in the order in which work passes through them. */
import type { Role } from '../domain/role.ts'
import { architect } from './roles/architect.ts'
import { codeGenerator } from './roles/code-generator.ts'
import { debuggerRole } from './roles/debugger.ts'
import { projectManager } from './roles/project-manager.ts'
import { researcher } from './roles/researcher.ts'
import { reviewer } from './roles/reviewer.ts'
import { specWriter } from './roles/spec-writer.ts'
import { testWriter } from './roles/test-writer.ts'
import { uiDesigner } from './roles/ui-designer.ts'

export const teamRoles: readonly Role[] = [
  ...[researcher, specWriter, architect, projectManager],
  ...[codeGenerator, uiDesigner, testWriter, debuggerRole, reviewer],
]
