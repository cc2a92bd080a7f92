import { graphql } from '../../gql/gql.ts'

export const WorkflowCatalogueDocument = graphql(`
  query WorkflowCatalogue {
    workflows {
      name
      version
      title
      description
      variables {
        name
        required
      }
      steps {
        key
        agent
        workflow
        forEach
        approval {
          title
        }
        back {
          to
        }
      }
    }
  }
`)

// biome-ignore lint/correctness/noUnusedVariables: the generator reads it, the operations below cite it.
const WorkflowPartsFragment = graphql(`
  fragment WorkflowParts on Workflow {
    name
    version
    title
    description
    maxParallel
    timeoutMs
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
      agent
      workflow
      needs
      trigger
      when
      forEach
      reads
      produces
      requires
      budgetShare
      maxAttempts
      optional
      timeoutMs
      approval {
        title
        kind
        timeoutMs
        onDeadline
        quorum
      }
      back {
        to
        when
        maxRounds
      }
      gate {
        kind
        minScore
      }
    }
  }
`)

export const WorkflowDocument = graphql(`
  query Workflow($name: String!) {
    workflow(name: $name) {
      ...WorkflowParts
      versions {
        version
        hash
        seenAt
        runs
        definition
      }
    }
  }
`)

export const ValidateWorkflowDocument = graphql(`
  query ValidateWorkflow($input: ValidateWorkflowInput!) {
    validateWorkflow(input: $input) {
      faults {
        path
        message
        line
        column
      }
      workflow {
        ...WorkflowParts
      }
    }
  }
`)

export const DryRunDocument = graphql(`
  query DryRun($input: DryRunInput!) {
    dryRun(input: $input) {
      faults {
        path
        message
        line
        column
      }
      longest
      longestMs
      estimate {
        low
        high
        basis
        runs
      }
      steps {
        key
        title
        uses
        outlook
        why
        wave
        times
        asks
        needsModel
      }
    }
  }
`)
