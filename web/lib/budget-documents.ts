import { graphql } from '../gql/gql.ts'

// biome-ignore lint/correctness/noUnusedVariables: the generator reads it, the operations below cite it.
const BudgetLineFragment = graphql(`
  fragment BudgetLine on Budget {
    subjectId
    limit
    spent
    reserved
    forecast
    byModel {
      name
      calls
      spent
    }
  }
`)

export const ProjectBudgetDocument = graphql(`
  query ProjectBudget($id: ID!) {
    project(id: $id) {
      id
      budget {
        ...BudgetLine
      }
    }
  }
`)

export const OrganisationBudgetDocument = graphql(`
  query OrganisationBudget {
    viewer {
      organisation {
        id
        name
        budget {
          ...BudgetLine
        }
      }
    }
  }
`)

export const SetBudgetDocument = graphql(`
  mutation SetBudget($input: SetBudgetInput!) {
    setBudget(input: $input) {
      ... on SetBudgetPayload {
        budget {
          ...BudgetLine
        }
      }
      ... on UserError {
        message
        hint
      }
    }
  }
`)
