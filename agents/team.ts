/** The team that develops: roles that need a model, and agents that bring code in, test it, change it by rule and publish it. */
import type { Agent } from '../domain/ports.ts'
import type { Role } from '../domain/role.ts'
import { architect } from './roles/architect.ts'
import { codeAdopt } from './roles/code-adopt.ts'
import { codeBegin } from './roles/code-begin.ts'
import { codeGenerator } from './roles/code-generator.ts'
import { codePrepare } from './roles/code-prepare.ts'
import { codePublish } from './roles/code-publish.ts'
import { codePush, type PushDeps } from './roles/code-push.ts'
import { codeRefactor } from './roles/code-refactor.ts'
import { codeTests } from './roles/code-tests.ts'
import { debuggerRole } from './roles/debugger.ts'
import { mergeResolver } from './roles/merge-resolver.ts'
import { projectManager } from './roles/project-manager.ts'
import { researcher } from './roles/researcher.ts'
import { reviewer } from './roles/reviewer.ts'
import { specWriter } from './roles/spec-writer.ts'
import { testWriter } from './roles/test-writer.ts'
import { uiDesigner } from './roles/ui-designer.ts'

/** In the order in which work passes through them. */
export const teamRoles: readonly Role[] = [
  ...[researcher, specWriter, architect, projectManager],
  ...[codeGenerator, uiDesigner, testWriter, debuggerRole, mergeResolver, reviewer],
]

/** None of them needs a model. */
export const developmentAgents = (deps: PushDeps): Agent[] => [
  ...[codeBegin, codePrepare, codeAdopt, codeTests, codeRefactor, codePublish].map(create => create(deps.toolbox)),
  codePush(deps),
]
