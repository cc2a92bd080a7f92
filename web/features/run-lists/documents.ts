import { graphql } from '../../gql/gql.ts'

export const RunLineFragment = graphql(`
  fragment RunLine on Run {
    id
    head
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
    budget {
      spent
    }
  }
`)

export const RunPageDocument = graphql(`
  query RunPage($filter: RunFilter!, $first: Int, $after: String, $last: Int, $before: String) {
    runs(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
      nodes {
        ...RunLine
      }
      pageInfo {
        hasNextPage
        endCursor
        hasPreviousPage
        startCursor
      }
    }
  }
`)

/** What is at work and what ended lately, at one moment. */
export const RunsNowDocument = graphql(`
  query RunsNow($open: Int!, $ended: Int!) {
    open: runs(first: $open, filter: { topLevel: true, statuses: [PENDING, RUNNING, PAUSED, WAITING] }) {
      totalCount
      nodes {
        ...RunLine
      }
    }
    ended: runs(first: $ended, filter: { topLevel: true, statuses: [SUCCEEDED, FAILED, CANCELLED] }) {
      nodes {
        ...RunLine
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
      }
    }
  }
`)
