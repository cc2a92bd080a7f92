import { graphql } from '../gql/gql.ts'

export const RunEventsDocument = graphql(`
  subscription RunEvents($runId: ID!, $after: Int!) {
    runEvents(runId: $runId, after: $after) {
      status
      head
      events {
        type
        runId
        seq
        at
        actor {
          kind
          id
          name
        }
        correlationId
        causationSeq
        data
      }
    }
  }
`)

export const TaskOutputDocument = graphql(`
  subscription TaskOutput($runId: ID!, $taskIndex: Int!) {
    taskOutput(runId: $runId, taskIndex: $taskIndex) {
      epoch
      offset
      text
      end
    }
  }
`)
