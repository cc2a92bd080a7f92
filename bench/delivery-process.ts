/** Processes of a benchmark, each with its own CPU time, which answer questions of the one that started them. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export type BenchProcess = {
  /** Rejects with what the process threw, and where it ends or lets a minute pass before it has answered. */
  ask<Result = void>(name: string, input?: unknown): Promise<Result>
  /** Seconds of CPU that it has used since it began. */
  cpu(): Promise<number>
  stop(): Promise<void>
}

type Question = { id: number; name: string; input: unknown }
type Answer = { id: number; result: unknown; error: string | null }

/** An answer that takes longer will not come. */
const patienceMs = 60_000

/** Runs a file of this folder with the options of this process. */
export function startProcess(file: string): BenchProcess {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), { serialization: 'advanced' })
  const waiting = new Map<number, (answer: Answer) => void>()
  const exited = once(child, 'exit')
  let asked = 0
  child.on('message', (answer: Answer) => waiting.get(answer.id)?.(answer))
  void exited.then(() => {
    for (const [id, settle] of waiting) settle({ id, result: undefined, error: `${file} has ended` })
  })
  const ask = async <Result>(name: string, input?: unknown): Promise<Result> => {
    const question: Question = { id: asked++, name, input }
    const answer = await new Promise<Answer>(resolve => {
      const late = setTimeout(resolve, patienceMs, { id: question.id, result: undefined, error: 'no answer' })
      waiting.set(question.id, given => {
        clearTimeout(late)
        resolve(given)
      })
      child.send(question)
    })
    waiting.delete(question.id)
    if (answer.error !== null) throw new Error(`${file}: ${name}: ${answer.error}`)
    return answer.result as Result
  }
  return {
    ask,
    cpu: () => ask<number>('cpu'),
    async stop() {
      if (child.connected) child.disconnect()
      await exited
    },
  }
}

/** The other end, in the process itself. It ends with the one that started it. */
export function answer(handlers: Record<string, (input: never) => unknown>): void {
  const all: typeof handlers = { ...handlers, cpu: cpuSeconds }
  process.on('message', async ({ id, name, input }: Question) => {
    const reply: Answer = { id, result: undefined, error: null }
    try {
      reply.result = await all[name]?.(input as never)
    } catch (error) {
      reply.error = error instanceof Error ? (error.stack ?? error.message) : String(error)
    }
    process.send?.(reply)
  })
  process.once('disconnect', () => process.exit(0))
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000_000
}
