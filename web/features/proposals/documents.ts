import { graphql } from '../../gql/gql.ts'

export const ProposalFragment = graphql(`
  fragment ProposalCard on Proposal {
    id
    state
    text
    workflow
    title
    variables
    questions {
      variable
      question
    }
    estimate {
      low
      high
      basis
      runs
    }
    reason
    confidence
    model
    simulated
    error {
      message
      hint
    }
    project {
      id
      slug
      name
    }
    run {
      id
    }
  }
`)

export const ProposeRunDocument = graphql(`
  mutation ProposeRun($input: ProposeRunInput!) {
    proposeRun(input: $input) {
      ... on ProposeRunPayload {
        proposal {
          id
        }
      }
      ... on UserError {
        message
        hint
      }
    }
  }
`)

export const ProposalChangedDocument = graphql(`
  subscription ProposalChanged($id: ID!) {
    proposalChanged(proposalId: $id) {
      ...ProposalCard
    }
  }
`)

export const ConfirmProposalDocument = graphql(`
  mutation ConfirmProposal($input: ConfirmProposalInput!) {
    confirmProposal(input: $input) {
      ... on ConfirmProposalPayload {
        run {
          id
        }
      }
      ... on UserError {
        message
        hint
      }
    }
  }
`)
