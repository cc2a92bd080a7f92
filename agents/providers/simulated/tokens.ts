/** Real token counts, by the byte pairs of a published vocabulary. It is 2 MB of tables, so it is loaded when it is first needed. */
import type { ModelMessage, ModelRequest } from '../../../domain/model.ts'

export type CountTokens = (text: string) => number

/** What a message and a tool take beside their text. */
const tokensPerMessage = 4

export function createTokenCounter(): () => Promise<CountTokens> {
  let loading: Promise<CountTokens> | null = null
  return () => {
    loading ??= import('gpt-tokenizer/encoding/o200k_base').then(
      ({ countTokens }) =>
        text =>
          // What looks like a control token is text of a repository here.
          countTokens(text, { disallowedSpecial: new Set() }),
    )
    return loading
  }
}

export function tokensOf(request: ModelRequest, count: CountTokens): number {
  const { system, messages, tools, outputSchema } = request
  const parts = messages.flatMap(({ content }) => content.map(textOfPart))
  const specs = tools.map(tool => JSON.stringify(tool))
  const texts = [system, ...parts, ...specs, ...(outputSchema === null ? [] : [JSON.stringify(outputSchema)])]
  return texts.reduce((sum, text) => sum + count(text), tokensPerMessage * (messages.length + tools.length + 1))
}

const textOfPart = (part: ModelMessage['content'][number]): string =>
  part.type === 'tool-call' ? `${part.name} ${JSON.stringify(part.input)}` : part.text
