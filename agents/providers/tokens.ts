/** Tokens of a request where its provider does not count them: by a published vocabulary, rounded up. */
import type { ModelMessage, ModelRequest } from '../../domain/model.ts'
import { createTokenCounter, tokensOf } from './simulated/tokens.ts'

export type CountRequest = (request: ModelRequest) => Promise<number>

/** Characters of opaque thinking (encrypted, in base64) that certainly hold a token. */
const opaqueCharactersPerToken = 6

/** `margin` is what another vocabulary may need more: 1 for the one that is counted with. Never fails. */
export function createEstimate(margin: number): CountRequest {
  const counter = createTokenCounter()
  return async request => {
    const opaque = request.messages.reduce((sum, message) => sum + opaqueLength(message), 0)
    const plain = await counter().then(
      count => tokensOf(request, count),
      // Without the tables: no vocabulary in use takes more than a token for two bytes of ordinary text.
      () => Math.ceil(Buffer.byteLength(JSON.stringify([request.system, request.messages, request.tools])) / 2),
    )
    return Math.ceil(plain * margin) + Math.ceil(opaque / opaqueCharactersPerToken)
  }
}

function opaqueLength({ content }: ModelMessage): number {
  const lengths = content.map(part =>
    part.type === 'thinking' ? Math.max(0, JSON.stringify(part.opaque).length - part.text.length) : 0,
  )
  return lengths.reduce((sum, length) => sum + length, 0)
}
