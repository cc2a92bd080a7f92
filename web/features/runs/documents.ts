import { graphql } from '../../gql/gql.ts'

/** What the page of a run says beside its events. */
export const RunFrameDocument = graphql(`
  query RunFrame($id: ID!) {
    run(id: $id) {
      id
      head
      project {
        id
        slug
        name
      }
      parent {
        id
        title
      }
    }
  }
`)

export const PauseRunDocument = graphql(`
  mutation PauseRun($input: PauseRunInput!) {
    pauseRun(input: $input) {
      ... on UserError {
        message
        hint
      }
    }
  }
`)

export const ResumeRunDocument = graphql(`
  mutation ResumeRun($input: ResumeRunInput!) {
    resumeRun(input: $input) {
      ... on UserError {
        message
        hint
      }
    }
  }
`)

export const CancelRunDocument = graphql(`
  mutation CancelRun($input: CancelRunInput!) {
    cancelRun(input: $input) {
      ... on UserError {
        message
        hint
      }
    }
  }
`)

export const ResetRunDocument = graphql(`
  mutation ResetRun($input: ResetRunInput!) {
    resetRun(input: $input) {
      ... on UserError {
        message
        hint
      }
    }
  }
`)

export const RetryTaskDocument = graphql(`
  mutation RetryTask($input: RetryTaskInput!) {
    retryTask(input: $input) {
      ... on UserError {
        message
        hint
      }
    }
  }
`)

/** That runs went on: where each of them stands. */
export const RunHeadsDocument = graphql(`
  subscription RunHeads($projectId: ID) {
    runsChanged(projectId: $projectId) {
      reload
      runs {
        id
        head
      }
    }
  }
`)
