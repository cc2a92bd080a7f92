import { graphql } from '../../gql/gql.ts'

export const ProvidersDocument = graphql(`
  query Providers {
    providers {
      name
      protocol
      simulated
      status
      breaker
      inFlight
      queued
      lastError
      models {
        id
        name
        contextTokens
        status
        breaker
        inFlight
        queued
        calls
        failures
        latencySeconds
        lastError
      }
    }
    viewer {
      organisation {
        id
        budget {
          subjectId
          limit
          spent
          reserved
          byModel {
            name
            calls
            spent
          }
        }
      }
    }
  }
`)
