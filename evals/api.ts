/** The few operations of the API that an eval takes: it is a client like any other. */
import { z } from 'zod'

export type Api = {
  startRun(input: { workflow: string; variables: object; title: string; simulated: boolean }): Promise<string>
  run(id: string): Promise<RunState>
  /** The newest CodePatch of a run; null where there is none. */
  patch(id: string): Promise<string | null>
  /** Approves what a run asks about its plan, and nothing else. */
  approvePlans(id: string): Promise<void>
  cancel(id: string): Promise<void>
}

const Run = z.object({
  status: z.string(),
  budget: z.object({
    spent: z.coerce.number(),
    byModel: z.array(z.object({ name: z.string().nullable(), calls: z.number() })),
  }),
  tasks: z.object({
    nodes: z.array(
      z.object({ title: z.string(), status: z.string(), error: z.object({ message: z.string() }).nullable() }),
    ),
  }),
})
export type RunState = z.output<typeof Run>

/** Throws an Error where the server says no. */
export function createApi({ url, key }: { url: string; key: string }): Api {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  async function send(query: string, variables: object): Promise<Record<string, unknown>> {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query, variables }),
    })
    const answer = (await response.json()) as { data?: Record<string, unknown>; errors?: { message: string }[] }
    if (answer.errors !== undefined || !answer.data)
      throw new Error(answer.errors?.[0]?.message ?? `HTTP ${response.status}`)
    return answer.data
  }
  const result = z.object({ message: z.string() })
  /** A payload of a mutation, or its typed error as one that is thrown. */
  function payload<T>(schema: z.ZodType<T>, value: unknown): T {
    const refused = result.safeParse(value)
    if (refused.success) throw new Error(refused.data.message)
    return schema.parse(value)
  }

  return {
    async startRun({ title, ...input }) {
      const made = await send(
        `mutation ($input: CreateProjectInput!) { createProject(input: $input) { ... on UserError { message } ... on CreateProjectPayload { project { id } } } }`,
        { input: { name: title } },
      )
      const { project } = payload(z.object({ project: z.object({ id: z.string() }) }), made.createProject)
      const started = await send(
        `mutation ($input: StartRunInput!) { startRun(input: $input) { ... on UserError { message } ... on StartRunPayload { run { id } } } }`,
        { input: { ...input, title, projectId: project.id } },
      )
      return payload(z.object({ run: z.object({ id: z.string() }) }), started.startRun).run.id
    },
    async run(id) {
      const { run } = await send(
        `query ($id: ID!) { run(id: $id) { status budget { spent byModel { name calls } } tasks(first: 100) { nodes { title status error { message } } } } }`,
        { id },
      )
      return Run.parse(run)
    },
    async patch(id) {
      const { run } = await send(
        `query ($id: ID!) { run(id: $id) { artifacts(last: 1, kinds: ["CodePatch"]) { nodes { id } } } }`,
        { id },
      )
      const [artifact] = z.object({ artifacts: z.object({ nodes: z.array(z.object({ id: z.string() })) }) }).parse(run)
        .artifacts.nodes
      if (artifact === undefined) return null
      const body = await fetch(`${url}/artifacts/${artifact.id}`, { headers })
      const { diff } = z.object({ diff: z.object({ text: z.string().nullable() }) }).parse(await body.json())
      return diff.text
    },
    async approvePlans(id) {
      const { approvals } = await send(
        `query ($filter: ApprovalFilter) { approvals(filter: $filter) { nodes { id } } }`,
        { filter: { runId: id, kinds: ['PLAN'], statuses: ['OPEN'] } },
      )
      const open = z.object({ nodes: z.array(z.object({ id: z.string() })) }).parse(approvals)
      for (const one of open.nodes)
        await send(`mutation ($input: AnswerApprovalInput!) { answerApproval(input: $input) { __typename } }`, {
          input: { approvalId: one.id, answer: { approve: true } },
        })
    },
    async cancel(id) {
      await send(`mutation ($input: CancelRunInput!) { cancelRun(input: $input) { __typename } }`, {
        input: { runId: id },
      })
    },
  }
}
