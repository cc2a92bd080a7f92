import { graphql } from '../../gql/gql.ts'

export const HealthChangedDocument = graphql(`
  subscription HealthChanged {
    healthChanged {
      health {
        status
        version
        startedAt
        checks {
          name
          status
          reason
          mend
        }
      }
      process {
        pid
        uptimeMs
        memoryBytes
        heapBytes
        pool
      }
      database {
        version
        bytes
        mostConnections
        lockWaits
        cacheHits
        deadlocks
        rollbacks
        answeredMs
        connections {
          name
          count
        }
        tables {
          name
          rows
          bytes
        }
      }
      work {
        timers
        timersOverdue
        nextTimerMs
        leasesHeld
        leasesExpired
        reservations
        reserved
        openApprovals
        openRuns {
          name
          count
        }
        queues {
          workerClass
          ready
          ticketed
          atWork
          oldestMs
          slots
          workers
        }
      }
      workers {
        id
        host
        pid
        version
        active
        draining
        heartbeatAt
        startedAt
        classes {
          name
          slots
        }
        sandbox {
          driver
          available
          reason
        }
      }
      goneWrong {
        id
        index
        title
        status
        uses
        endedAt
        error {
          code
          message
          hint
        }
        run {
          id
          title
        }
      }
      advice {
        level
        subject
        what
        mend
      }
    }
  }
`)

export const StopAllDocument = graphql(`
  mutation StopAll($input: StopEverythingInput!) {
    stopEverything(input: $input) {
      __typename
      ... on StopEverythingPayload {
        runIds
        failedRunIds
      }
      ... on UserError {
        message
        hint
      }
    }
  }
`)

export const ResumeAllDocument = graphql(`
  mutation ResumeAll($input: ResumeEverythingInput!) {
    resumeEverything(input: $input) {
      __typename
      ... on ResumeEverythingPayload {
        runIds
        failedRunIds
      }
      ... on UserError {
        message
        hint
      }
    }
  }
`)

export const DrainDocument = graphql(`
  mutation Drain($input: DrainWorkersInput!) {
    drainWorkers(input: $input) {
      __typename
      ... on DrainWorkersPayload {
        workers {
          id
          draining
        }
      }
      ... on UserError {
        message
        hint
      }
    }
  }
`)
