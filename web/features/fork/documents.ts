import { graphql } from '../../gql/gql.ts'

export const ForkChoicesDocument = graphql(`
  query ForkChoices {
    agents {
      name
      title
      needsModel
      role {
        prompt
        tools {
          name
        }
      }
    }
    providers {
      name
      models {
        id
        name
      }
    }
  }
`)

export const ForkOriginDocument = graphql(`
  query ForkOrigin($id: ID!) {
    run(id: $id) {
      id
      forkedFrom {
        seq
        changes
        reason
        run {
          id
          title
        }
      }
      forks(first: 20) {
        totalCount
        nodes {
          id
          title
          status
          startedAt
        }
      }
    }
  }
`)
