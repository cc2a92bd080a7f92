import { graphql } from '../../gql/gql.ts'

export const ProjectCardFragment = graphql(`
  fragment ProjectCard on Project {
    id
    slug
    name
    description
    repository
    createdAt
  }
`)

export const ProjectsDocument = graphql(`
  query Projects($first: Int!, $after: String) {
    projects(first: $first, after: $after) {
      nodes {
        ...ProjectCard
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

export const ProjectDocument = graphql(`
  query Project($slug: String!) {
    project(slug: $slug) {
      ...ProjectCard
    }
  }
`)

export const CreateProjectDocument = graphql(`
  mutation CreateProject($input: CreateProjectInput!) {
    createProject(input: $input) {
      ... on CreateProjectPayload {
        project {
          ...ProjectCard
        }
      }
      ... on UserError {
        message
        hint
      }
    }
  }
`)

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

export const StartRunDocument = graphql(`
  mutation StartRun($input: StartRunInput!) {
    startRun(input: $input) {
      ... on StartRunPayload {
        run {
          id
        }
      }
      ... on UserError {
        message
        hint
      }
    }
  }
`)
