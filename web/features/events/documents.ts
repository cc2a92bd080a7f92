import { graphql } from '../../gql/gql.ts'

export const EventHitsDocument = graphql(`
  query EventHits($runId: ID!, $search: String!, $before: Int) {
    run(id: $runId) {
      id
      eventHits(search: $search, before: $before) {
        seqs
        from
        to
      }
    }
  }
`)
