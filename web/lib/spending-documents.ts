import { graphql } from '../gql/gql.ts'

export const SpendingChangedDocument = graphql(`
  subscription SpendingChanged($from: DateTime!, $projectId: ID) {
    spendingChanged(from: $from, projectId: $projectId) {
      spent
      count
    }
  }
`)

/** The rows that a sum of spending is made of. */
export const SpendingDocument = graphql(`
  query Spending($from: DateTime!, $to: DateTime, $projectId: ID, $after: String) {
    spending(from: $from, to: $to, projectId: $projectId) {
      spent
      count
      calls(first: 100, after: $after) {
        nodes {
          key
          model
          charged
          isCertain
          settledAt
          task {
            id
            index
            title
          }
          run {
            id
            title
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`)
