import { graphql } from '../gql/gql.ts'

export const RunEventsDocument = graphql(`
  subscription RunEvents($runId: ID!, $after: Int!) {
    runEvents(runId: $runId, after: $after) {
      status
      head
      events {
        type
        runId
        seq
        at
        actor {
          kind
          id
          name
        }
        correlationId
        causationSeq
        data
      }
    }
  }
`)

export const TaskOutputDocument = graphql(`
  subscription TaskOutput($runId: ID!, $taskIndex: Int!) {
    taskOutput(runId: $runId, taskIndex: $taskIndex) {
      epoch
      offset
      text
      end
    }
  }
`)

// biome-ignore lint/correctness/noUnusedVariables: the generator reads it, the operations below cite it.
const ApprovalLineFragment = graphql(`
  fragment ApprovalLine on Approval {
    id
    kind
    status
    title
    body
    fields
    quorum
    votes
    answer
    answeredBy
    requestedAt
    dueAt
    closedAt
    taskIndex
    task {
      id
      title
    }
    run {
      id
      title
    }
  }
`)

export const OpenApprovalsDocument = graphql(`
  query OpenApprovals {
    approvals(first: 100, filter: { statuses: [OPEN] }) {
      nodes {
        ...ApprovalLine
      }
    }
  }
`)

export const ApprovalsChangedDocument = graphql(`
  subscription ApprovalsChanged {
    approvalsChanged {
      reload
      approvals {
        ...ApprovalLine
      }
    }
  }
`)

export const ApprovalDocument = graphql(`
  query Approval($id: ID!) {
    approval(id: $id) {
      ...ApprovalLine
    }
  }
`)

export const AnswerApprovalDocument = graphql(`
  mutation AnswerApproval($input: AnswerApprovalInput!) {
    answerApproval(input: $input) {
      ... on AnswerApprovalPayload {
        approval {
          ...ApprovalLine
        }
      }
      ... on UserError {
        message
        hint
      }
    }
  }
`)

export const ForkRunDocument = graphql(`
  mutation ForkRun($input: ForkRunInput!) {
    forkRun(input: $input) {
      ... on ForkRunPayload {
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
