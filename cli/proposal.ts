/** Sentences as proposed runs: made by the server, started when somebody confirms. */
import type { Json } from '../domain/json.ts'
import { type Client, refusal } from './client.ts'
import type { Context } from './context.ts'
import { CliError, exitCodes } from './exit.ts'
import { graphql } from './gql/gql.ts'
import type { ProposalThoughtSubscription, ShownProposalFragment } from './gql/graphql.ts'
import { thoughtOf } from './thought.ts'
import type { Declared } from './variables.ts'

// biome-ignore lint/correctness/noUnusedVariables: the generator reads it, operations cite it.
const ShownProposal = graphql(`
  fragment ShownProposal on Proposal {
    id state workflow title variables reason confidence model simulated
    questions { variable question }
    estimate { low high basis runs }
    error { code message hint }
    project { slug }
  }
`)
const ProposeRun = graphql(`
  mutation ProposeRun($input: ProposeRunInput!) {
    proposeRun(input: $input) {
      ... on ProposeRunPayload { proposal { ...ShownProposal } }
      ... on UserError { code message hint }
    }
  }
`)
const FindProposal = graphql(`query FindProposal($id: ID!) { proposal(id: $id) { ...ShownProposal } }`)
const ProposalThought = graphql(`
  subscription ProposalThought($id: ID!) { proposalChanged(proposalId: $id) { ...ShownProposal } }
`)
const ProposedWorkflow = graphql(`
  query ProposedWorkflow($name: String!) {
    workflow(name: $name) { variables { name type description required } }
  }
`)
const ConfirmProposal = graphql(`
  mutation ConfirmProposal($input: ConfirmProposalInput!) {
    confirmProposal(input: $input) {
      ... on ConfirmProposalPayload { run { id } }
      ... on UserError { code message hint }
    }
  }
`)

/** A proposal that says what would be run, and what its workflow takes. */
export type Proposal = ShownProposalFragment & { workflow: string; declared: readonly Declared[] }

/** Throws CliError: what the server refuses, and what the model failed with. */
export async function propose(
  context: Context,
  input: { projectId: string; text: string; simulated: boolean },
): Promise<Proposal> {
  const client = context.client()
  const { proposeRun: result } = await client.query(ProposeRun, { input })
  if (!('proposal' in result)) throw refusal(result.code, result.message, result.hint)
  return settled(context, client, result.proposal)
}

/** By `prp_…`. Throws CliError, as `propose` does. */
export async function proposalNamed(context: Context, id: string): Promise<Proposal> {
  const client = context.client()
  return settled(context, client, await found(client, id))
}

async function found(client: Client, id: string): Promise<ShownProposalFragment> {
  const { proposal } = await client.query(FindProposal, { id })
  if (proposal !== null) return proposal
  throw new CliError(`there is no proposal ${id}.`, { code: 'NOT_FOUND', hint: 'Say in a sentence what is wanted.' })
}

/** A model may take its time; the server gives it up after five minutes. */
async function settled(context: Context, client: Client, first: ShownProposalFragment): Promise<Proposal> {
  const proposal = first.state === 'THINKING' ? await thought(context, client, first) : first
  const { workflow, error } = proposal
  if (workflow === null)
    throw refusal(error?.code ?? 'UNAVAILABLE', error?.message ?? 'the proposal was never finished', error?.hint)
  const declared = (await client.query(ProposedWorkflow, { name: workflow })).workflow?.variables ?? []
  return { ...proposal, workflow, declared }
}

async function thought(context: Context, client: Client, first: ShownProposalFragment): Promise<ShownProposalFragment> {
  const { id } = first
  const settledOf = (one: ShownProposalFragment) => (one.state === 'THINKING' ? null : one)
  const waitedFor = {
    subscription: ProposalThought,
    variables: { id },
    found: ({ proposalChanged }: ProposalThoughtSubscription) => settledOf(proposalChanged),
    look: async () => settledOf(await found(client, id)),
  }
  const proposal = await context.untilInterrupted(signal => thoughtOf(context.connection(), waitedFor, signal))
  if (proposal !== null) return proposal
  throw new CliError('left; the server goes on thinking.', {
    code: 'DETACHED',
    exitCode: exitCodes.detached,
    hint: `See what it proposes: orrery auto ${id}`,
  })
}

/** Starts it, and answers with the id of the run: the same one when it is confirmed again. Throws CliError. */
export async function confirmProposal(
  client: Client,
  proposalId: string,
  variables: Readonly<Record<string, Json>>,
): Promise<string> {
  const { confirmProposal: result } = await client.query(ConfirmProposal, {
    input: { proposalId, variables, title: null, budgetMicros: null },
  })
  if ('run' in result) return result.run.id
  throw refusal(result.code, result.message, result.hint)
}
