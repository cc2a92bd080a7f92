/** The agents that ship with the product. */
import type { Agent } from '../domain/ports.ts'
import { consensusCandidate } from './consensus/candidate.ts'
import { consensusChoose } from './consensus/choose.ts'
import { consensusJudge } from './consensus/judge.ts'
import { consensusOpen } from './consensus/open.ts'
import { createRoleAgent } from './loop/role-agent.ts'
import { complexityAnalyzer } from './roles/analyzer-complexity.ts'
import { deadCodeAnalyzer } from './roles/analyzer-dead-code.ts'
import { dependenciesAnalyzer } from './roles/analyzer-dependencies.ts'
import { duplicatesAnalyzer } from './roles/analyzer-duplicates.ts'
import { hotspotsAnalyzer } from './roles/analyzer-hotspots.ts'
import { importCyclesAnalyzer } from './roles/analyzer-import-cycles.ts'
import { lintAnalyzer } from './roles/analyzer-lint.ts'
import { secretsAnalyzer } from './roles/analyzer-secrets.ts'
import { typesAnalyzer } from './roles/analyzer-types.ts'
import { auditReport } from './roles/audit-report.ts'
import { envDoctor } from './roles/env-doctor.ts'
import { gitCheckout } from './roles/git-checkout.ts'
import { testRunner } from './roles/test-runner.ts'
import { createToolbox, type Toolbox } from './sandboxed/toolbox.ts'
import { developmentAgents, teamRoles } from './team.ts'
import { type Network, noNetwork } from './tools/network.ts'

export type TeamOptions = {
  toolbox?: Toolbox
  /** `host` or `host:port` from which repositories may be fetched, and to which they may be pushed; none unless told. */
  gitHosts?: readonly string[]
  /** `user:token` for a host that is pushed to; there are none unless told. */
  credentialsFor?: (host: string) => string | null
  /** What the development team may reach; nothing unless told. */
  network?: Network
}

/** The team that audits a repository; none of them needs a model. Throws an Error where the analyzers' packages are missing. */
export function repositoryTeam({ toolbox = createToolbox(), gitHosts = [] }: TeamOptions = {}): Agent[] {
  const inSandbox = [
    ...[envDoctor, lintAnalyzer, typesAnalyzer, duplicatesAnalyzer, complexityAnalyzer, deadCodeAnalyzer],
    ...[dependenciesAnalyzer, importCyclesAnalyzer, secretsAnalyzer, hotspotsAnalyzer, testRunner],
  ]
  return [gitCheckout(toolbox, gitHosts), ...inSandbox.map(create => create(toolbox)), auditReport()]
}

/** The team that changes a repository: its roles need a model, what brings code in and out does not. */
export const developmentTeam = ({
  toolbox = createToolbox(),
  gitHosts = [],
  credentialsFor = () => null,
  network = noNetwork,
}: TeamOptions = {}): Agent[] => [
  ...developmentAgents({ toolbox, gitHosts, credentialsFor }),
  ...[consensusOpen(teamRoles, toolbox), consensusCandidate(teamRoles, toolbox)],
  ...[consensusJudge(), consensusChoose(toolbox)],
  ...teamRoles.map(role => createRoleAgent(role, { toolbox, network })),
]
