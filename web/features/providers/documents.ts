import { graphql } from '../../gql/gql.ts'

/** How they are right now. */
export const ProvidersChangedDocument = graphql(`
  subscription ProvidersChanged {
    providersChanged {
      name
      protocol
      simulated
      source
      keyVariable
      baseUrl
      status
      breaker
      retryAt
      inFlight
      maxConcurrent
      queued
      lastError
      models {
        id
        name
        source
        contextTokens
        inputPrice
        outputPrice
        status
        breaker
        retryAt
        inFlight
        maxConcurrent
        queued
        latencySeconds
        lastError
      }
    }
  }
`)

/** What they have come to. */
export const ModelFiguresDocument = graphql(`
  query ModelFigures($days: Int!) {
    missingModel
    providers {
      name
      models {
        id
        usage(days: $days) {
          calls
          spent
          reserved
          unknown
          inputTokens
          cacheReadTokens
          outputTokens
          finished
          p50Ms
          p95Ms
          p99Ms
        }
        failuresByKind(days: $days) {
          reason
          count
          runId
          seq
          at
        }
      }
    }
  }
`)

export const ModelDecisionsDocument = graphql(`
  query ModelDecisions($first: Int!, $after: String, $model: String) {
    modelDecisions(first: $first, after: $after, model: $model) {
      nodes {
        runId
        seq
        at
        model
        propensity
        reason
        run {
          id
          title
        }
        task {
          id
          title
          uses
        }
        candidates {
          model
          quality
          cost
          latencySeconds
          score
          propensity
          excluded
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)
