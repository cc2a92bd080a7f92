import { graphql } from '../../gql/gql.ts'

export const ComparableRunsDocument = graphql(`
  query ComparableRuns {
    runs(first: 50) {
      nodes {
        id
        title
        status
        workflow
        startedAt
        forkedFrom {
          run {
            id
          }
        }
      }
    }
  }
`)
