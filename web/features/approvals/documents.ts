import { graphql } from '../../gql/gql.ts'

export const ApprovalContextDocument = graphql(`
  query ApprovalContext($id: ID!) {
    approval(id: $id) {
      ...ApprovalLine
      diff
      facts
      seq
      onDeadline
      escalated
      run {
        id
        title
        status
        workflow
        startedAt
        project {
          id
          name
          slug
        }
        budget {
          limit
          spent
          reserved
        }
        artifacts(last: 20) {
          nodes {
            id
            kind
            title
            mediaType
            size
            hash
            taskIndex
            attempt
            seq
            score
            scoreParts
            simulated
          }
        }
      }
    }
  }
`)
