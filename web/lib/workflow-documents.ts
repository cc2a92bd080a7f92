import { graphql } from '../gql/gql.ts'

/** What can be started, and what it asks for. */
export const WorkflowsDocument = graphql(`
  query Workflows {
    workflows {
      name
      version
      title
      description
      variables {
        name
        type
        description
        required
        default
        enum
        minimum
        maximum
        maxLength
      }
      steps {
        key
        title
      }
    }
  }
`)
