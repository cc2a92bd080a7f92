import { graphql } from '../../gql/gql.ts'

export const QualityDocument = graphql(`
  query Quality($filter: QualityFilter!) {
    quality(filter: $filter) {
      complete
      figures {
        count
        mean
        median
        lowest
        gated
        held
      }
      points {
        artifactId
        runId
        seq
        kind
        title
        score
        simulated
        at
        agent
        model
        gate
        project {
          id
          name
        }
      }
      days {
        at
        figures {
          count
          mean
        }
      }
      kinds: groups(by: KIND) {
        name
        figures {
          count
          mean
          median
          lowest
          gated
          held
        }
      }
      agents: groups(by: AGENT) {
        name
        figures {
          count
          mean
          median
          lowest
          gated
          held
        }
      }
      models: groups(by: MODEL) {
        name
        figures {
          count
          mean
          median
          lowest
          gated
          held
        }
      }
      projects: groups(by: PROJECT) {
        name
        figures {
          count
          mean
          median
          lowest
          gated
          held
        }
      }
      sentBack {
        runId
        seq
        at
        taskIndex
        agent
        judge
        round
        reason
        findings
      }
    }
  }
`)

/** What the score of one artifact is made of. */
export const ScorePartsDocument = graphql(`
  query ScoreParts($id: ID!) {
    node(id: $id) {
      id
      ... on Artifact {
        scoreParts
      }
    }
  }
`)
