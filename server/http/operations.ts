/** What waits in the playground: one tab each, in the order in which a newcomer needs them. Valid by a test. */
export type ReadyMade = { query: string; variables: Record<string, unknown> }

export const readyMade: readonly ReadyMade[] = [
  {
    query: `# 1. A project is what is being developed: usually a git repository.
mutation CreateProject {
  createProject(input: { name: "My project", idempotencyKey: "my-project" }) {
    ... on CreateProjectPayload {
      project {
        id
        slug
      }
    }
    ... on UserError {
      code
      message
      hint
    }
  }
}
`,
    // The playground shows the variables of a tab only once one has changed to it, so the first has none.
    variables: {},
  },
  {
    query: `# 2. Put the id of the project and a repository (a path on the server, or a git URL) into the variables below.
mutation StartRun($input: StartRunInput!) {
  startRun(input: $input) {
    ... on StartRunPayload {
      run {
        id
        status
      }
    }
    ... on UserError {
      code
      message
      hint
    }
  }
}

# What can be started, and with which variables.
query Workflows {
  workflows {
    name
    title
    description
    variables {
      name
      type
      required
      description
    }
  }
}
`,
    variables: {
      input: { projectId: 'prj_…', workflow: 'repository-audit', variables: { repo: '/path/to/a/repository' } },
    },
  },
  {
    query: `# 3. Put the id of the run into the variables below. With "after", it goes on after that event.
subscription Follow($runId: ID!, $after: Int! = 0) {
  runEvents(runId: $runId, after: $after) {
    status
    head
    events {
      seq
      at
      type
      taskIndex
      ... on TaskPlanned {
        key
        title
      }
      ... on ArtifactCreated {
        artifactId
        title
      }
      ... on TaskFailed {
        error {
          code
          message
          hint
        }
      }
    }
  }
}
`,
    variables: { runId: 'run_…' },
  },
  {
    query: `# 4. What a run made. "path" leads to the bytes, with the same session or key.
query Artifacts($runId: ID!) {
  run(id: $runId) {
    title
    status
    artifacts(first: 50) {
      totalCount
      nodes {
        id
        kind
        title
        size
        path
      }
    }
  }
}

# The text of one of them.
query Artifact($id: ID!) {
  artifact(id: $id) {
    title
    mediaType
    text
  }
}
`,
    variables: { runId: 'run_…', id: 'art_…' },
  },
]
