import { graphql } from '../../gql/gql.ts'

export const ProjectCardFragment = graphql(`
  fragment ProjectCard on Project {
    id
    slug
    name
    description
    repository
    simulated
    maxParallel
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

/** Projects as a list tells of them: what ran last, and what was spent. */
export const ProjectOverviewDocument = graphql(`
  query ProjectOverview($after: String) {
    projects(first: 50, after: $after) {
      totalCount
      nodes {
        ...ProjectCard
        budget {
          spent
          limit
        }
        runs(first: 1, filter: { topLevel: true }) {
          totalCount
          nodes {
            id
            title
            status
            startedAt
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

export const ProjectRunsChangedDocument = graphql(`
  subscription ProjectRunsChanged {
    runsChanged {
      reload
      runIds
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

export const UpdateProjectDocument = graphql(`
  mutation UpdateProject($input: UpdateProjectInput!) {
    updateProject(input: $input) {
      ... on UpdateProjectPayload {
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

/** Who may act in a project: whoever has a key of the organisation. */
export const MembersDocument = graphql(`
  query Members {
    keys(first: 100) {
      nodes {
        id
        name
        role
        publicId
        isMine
        expiresAt
        revokedAt
        lastUsedAt
      }
    }
  }
`)
