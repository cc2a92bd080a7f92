/**
 * The last line that each task at work has written. It is for watching alone: what cannot be had is simply not there, and
 * nothing of it is ever an error.
 */
import { print } from 'graphql/language/printer.js'
import type { Client as Socket } from 'graphql-ws/client'
import type { Task } from '../domain/run/state.ts'
import type { Connection } from './connection.ts'
import { oneLine } from './format.ts'
import { graphql } from './gql/gql.ts'
import type { TaskOutputSubscription } from './gql/graphql.ts'
import { openSocket } from './socket.ts'

const TaskOutput = graphql(`
  subscription TaskOutput($runId: ID!, $taskIndex: Int!) {
    taskOutput(runId: $runId, taskIndex: $taskIndex) { epoch text }
  }
`)

export type Outputs = {
  /** Begins to follow those of the tasks that are at work and not followed yet. */
  follow(tasks: readonly Task[]): void
  /** Empty where nothing was heard yet. */
  lastLine(taskIndex: number): string
  close(): void
}

/** More than a screen shows at work, and less than a socket may follow. */
const mostTasks = 12

export function createOutputs(runId: string, connection: () => Connection): Outputs {
  const lines = new Map<number, string>()
  const followed = new Set<number>()
  let socket: Socket | null = null

  const listen = async (taskIndex: number) => {
    try {
      socket ??= openSocket(connection())
      const variables = { runId, taskIndex }
      const chunks = socket.iterate<TaskOutputSubscription>({ query: print(TaskOutput), variables })
      for await (const { data } of chunks) {
        const line = lastLineOf(data?.taskOutput.text ?? '')
        if (line !== '') lines.set(taskIndex, line)
      }
    } catch {
      // Gone with its connection; the next look opens another.
      socket = null
    } finally {
      followed.delete(taskIndex)
      lines.delete(taskIndex)
    }
  }

  return {
    follow(tasks) {
      for (const { index, status } of tasks) {
        if (status !== 'CLAIMED' || followed.has(index) || followed.size >= mostTasks) continue
        followed.add(index)
        void listen(index)
      }
    },
    lastLine: taskIndex => lines.get(taskIndex) ?? '',
    close: () => void socket?.dispose(),
  }
}

export const lastLineOf = (text: string): string => oneLine(text.split('\n').findLast(line => line.trim() !== '') ?? '')
