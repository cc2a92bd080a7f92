/** A provider on loopback that speaks Chat Completions, misbehaves as it is told, and keeps a ledger of its own. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ModelsConfig } from '../../domain/model-config.ts'

export type Misbehaviour = 'hang' | 'garbage' | 'truncated' | 'overloaded'

/** `asked` is the call as its agent named it; `micros` what it costs, whatever became of the reply. */
export type Charge = { asked: string; micros: number; as: Misbehaviour | 'reply' }

export type StubProvider = {
  readonly charges: readonly Charge[]
  /** What becomes of the next calls, in order; then they are answered. */
  misbehave(...how: Misbehaviour[]): void
  /** Two models of this provider: a micro-dollar for each token. */
  readonly config: ModelsConfig
  close(): Promise<void>
}

const inputTokens = 10
const chunks = 4
/** Milliseconds without a byte after which a call counts as hanging. */
const idleTimeoutMs = 700

export async function createStubProvider(): Promise<StubProvider> {
  const charges: Charge[] = []
  const plan: Misbehaviour[] = []
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { messages } = JSON.parse(await bodyOf(request)) as { messages: { role: string; content: unknown }[] }
    const asked = /[0-9a-f-]{36}\/\d+\/\d+/.exec(JSON.stringify(messages))?.[0] ?? 'nobody'
    const as = plan.shift() ?? 'reply'
    if (as === 'overloaded') {
      response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '0' })
      return void response.end('{"error":{"message":"overloaded"}}')
    }
    // No two calls cost the same, so that each charge can be told from the others.
    const outputTokens = 20 + (charges.length % 200)
    charges.push({ asked, as, micros: inputTokens + outputTokens })
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    if (as === 'garbage') return void response.end('data: {"choices": [{]}\n\n')
    const send = (choices: object[], more: object = {}) =>
      response.write(
        `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', model: 'stub', choices, ...more })}\n\n`,
      )
    for (let index = 0; index < chunks; index++) {
      if (index === 2 && as === 'truncated') return void response.destroy()
      if (index === 2 && as === 'hang') return
      send([{ index: 0, delta: { content: `word ${charges.length} ` }, finish_reason: null }])
      await sleep(15)
    }
    send([{ index: 0, delta: {}, finish_reason: 'stop' }])
    const total = inputTokens + outputTokens
    send([], { usage: { prompt_tokens: inputTokens, completion_tokens: outputTokens, total_tokens: total } })
    response.end('data: [DONE]\n\n')
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    charges,
    misbehave: (...how) => void plan.push(...how),
    config: configOf(`http://127.0.0.1:${port}/v1`),
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

const configOf = (baseUrl: string): ModelsConfig => ({
  providers: [{ name: 'stub', protocol: 'openai-chat', baseUrl, keyVariable: null, maxConcurrent: 32, idleTimeoutMs }],
  models: ['one', 'two'].map(name => ({
    id: `stub/${name}`,
    provider: 'stub',
    name,
    contextTokens: 100_000,
    maxOutputTokens: 4_000,
    abilities: { tools: true, vision: false, thinking: false, structuredOutput: false },
    capabilities: { coding: 0.5 },
    maxConcurrent: 32,
    latencySeconds: 1,
    price: { input: 1_000_000, output: 1_000_000 },
  })),
})

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const piece of request) body += piece
  return body
}
