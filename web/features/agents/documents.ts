import { graphql } from '../../gql/gql.ts'

export const AgentsDocument = graphql(`
  query Agents($days: Int!) {
    agents {
      name
      title
      description
      capabilities
      needsModel
      figures(days: $days) {
        ended
        succeeded
        failed
        attempts
        medianMs
        p95Ms
        sentBack
        modelCalls
        spent
        inputTokens
        outputTokens
      }
    }
  }
`)

/** What they do at this moment. */
export const AgentsAtWorkDocument = graphql(`
  query AgentsAtWork {
    agents {
      name
      atWork {
        seq
        at
        type
        doing
        with
        task {
          id
          index
          title
          startedAt
          run {
            id
            title
          }
        }
      }
    }
  }
`)

/** What changes only with an update of the product, and its newest work. */
export const AgentDocument = graphql(`
  query Agent($name: String!, $statuses: [TaskStatus!]) {
    agent(name: $name) {
      name
      workerClass
      produces
      role {
        version
        prompt
        reads
        produces
        writes
        capabilities
        preferred
        thinking
        reasoning
        maxTurns
        maxToolCalls
        maxOutputTokens
        tools {
          name
          class
          description
        }
      }
      recent(first: 20, statuses: $statuses) {
        id
        index
        title
        status
        attempt
        startedAt
        endedAt
        error {
          message
        }
        run {
          id
          title
        }
      }
    }
  }
`)
