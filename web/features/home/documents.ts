import { graphql } from '../../gql/gql.ts'

export const FirstStepsDocument = graphql(`
  query FirstSteps {
    examples {
      name
      about
      repository
    }
    providers {
      name
      simulated
      status
    }
  }
`)

export const PrepareExampleDocument = graphql(`
  mutation PrepareExample($input: CreateProjectInput!) {
    createProject(input: $input) {
      ... on CreateProjectPayload {
        project {
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

export const AuditExampleDocument = graphql(`
  mutation AuditExample($input: StartRunInput!) {
    startRun(input: $input) {
      ... on StartRunPayload {
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
