/** What the server answers operators in the stories: by the name of the operation, or of the subscription. */
import { agentAnswer, agentsAnswer } from './story-agents.ts'
import { healthAnswer } from './story-health.ts'
import { decisionsAnswer, modelFiguresAnswer, providersChanged } from './story-providers.ts'
import { qualityAnswer, scorePartsAnswer } from './story-quality.ts'
import { catalogueAnswer, dryRunAnswer, validationAnswer, workflowAnswer } from './story-workflows.ts'

type Vars = Record<string, unknown>
type Answers = Record<string, (variables: Vars) => unknown>
type Given = Readonly<Record<string, unknown>>

export function operatorAnswers(runId: string, { empty }: { empty: boolean }): Answers {
  const run = { runId }
  const input = ({ input: given }: Vars) => (given ?? {}) as Given
  return {
    Agents: () => agentsAnswer(run),
    AgentsAtWork: () => agentsAnswer(run),
    Agent: ({ name, statuses }) => agentAnswer(String(name), statuses !== null, run),
    WorkflowCatalogue: () => catalogueAnswer(empty),
    Workflow: ({ name }) => workflowAnswer(String(name)),
    ValidateWorkflow: variables => validationAnswer(String(input(variables).text)),
    DryRun: variables => dryRunAnswer((input(variables).variables ?? {}) as Given),
    ModelFigures: () => modelFiguresAnswer(run),
    ModelDecisions: ({ model }) => decisionsAnswer(typeof model === 'string' ? model : null, empty, run),
    Quality: ({ filter }) => qualityAnswer((filter ?? {}) as Given, empty, run),
    ScoreParts: ({ id }) => scorePartsAnswer(String(id)),
    StopAll: () => ({ stopEverything: { __typename: 'StopEverythingPayload', runIds: [runId], failedRunIds: [] } }),
    ResumeAll: () => ({
      resumeEverything: { __typename: 'ResumeEverythingPayload', runIds: [runId], failedRunIds: [] },
    }),
    Drain: () => ({ drainWorkers: { __typename: 'DrainWorkersPayload', workers: [] } }),
  }
}

/** What a subscription says first; undefined where it is none of these. */
export function operatorWord(name: string | undefined, runId: string, well: boolean): object | undefined {
  switch (name) {
    case 'ProvidersChanged':
      return { providersChanged: providersChanged() }
    case 'HealthChanged':
      return { healthChanged: healthAnswer(well, { runId }) }
    case 'RunsMoved':
      return { runsChanged: { __typename: 'RunsChanged', reload: true, runIds: [] } }
    default:
      return undefined
  }
}
