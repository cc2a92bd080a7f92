import { graphql } from '../../gql/gql.ts'

export const RunLineFragment = graphql(`
  fragment RunLine on Run {
    id
    status
    title
    workflow
    startedAt
    endedAt
    parentTaskIndex
    progress {
      total
      ended
      failed
    }
    project {
      id
      slug
      name
    }
  }
`)

export const RecentRunsDocument = graphql(`
  query RecentRuns($first: Int!, $after: String) {
    runs(first: $first, after: $after, filter: { topLevel: true }) {
      nodes {
        ...RunLine
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

export const ProjectRunsDocument = graphql(`
  query ProjectRuns($projectId: ID!, $first: Int!, $after: String) {
    project(id: $projectId) {
      id
      runs(first: $first, after: $after, filter: { topLevel: true }) {
        nodes {
          ...RunLine
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`)

export const RunsChangedDocument = graphql(`
  subscription RunsChanged($projectId: ID) {
    runsChanged(projectId: $projectId) {
      reload
      runs {
        ...RunLine
        head
      }
    }
  }
`)

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
