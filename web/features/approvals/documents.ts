import { graphql } from '../../gql/gql.ts'

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
