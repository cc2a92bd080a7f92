/**
 * Tickets bring due tasks to workers. A ticket is only a hint: the claim decides who works, and Postgres remembers what is
 * due, so a lost ticket, a doubled one and one out of order are all harmless. BullMQ decides nothing about retries.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Job, Queue, WaitingError, Worker } from 'bullmq'
import { quietly } from './quiet-report.ts'
import type { LinkState, RedisLinks, Report } from './redis.ts'

/** That a task may be claimed under this epoch. */
export type Ticket = { runId: string; taskIndex: number; epoch: number; workerClass: string }

/** Takes tickets of one class until it is stopped. */
export type TicketDesk = {
  /** Takes nothing new; what is at work goes on. */
  stop(): Promise<void>
  /** Stops, and lets go of what is at work without waiting for it. */
  close(): Promise<void>
}

export interface TicketQueue {
  /** A ticket that waits or is at work is not queued a second time. Throws where Redis is away: the tasks stay due. */
  enqueue(tickets: readonly Ticket[]): Promise<void>
  /** Calls `work` for each ticket, at most `concurrency` at once in this process. A throw is reported; the ticket is gone. */
  process(workerClass: string, concurrency: number, work: (ticket: Ticket) => Promise<void>): TicketDesk
  counts(workerClass: string): Promise<{ waiting: number; active: number }>
  state(): LinkState
  /** Desks are closed by whoever opened them. */
  close(): Promise<void>
}

export const ticketId = ({ runId, taskIndex, epoch }: Ticket): string => `${runId}-${taskIndex}-${epoch}`

/**
 * A worker that stopped renewing is taken for dead after 10 s, and its ticket is handed to another one, which is refused
 * its claim unless the first one never made it.
 */
const lockMs = 10_000
const stalledCheckMs = 5_000
/** More than any ticket will ever be handed on; the number of tries is kept in Postgres. */
const maxStalled = 1_000

export function createRedisTickets(redis: RedisLinks, tell: Report = () => {}): TicketQueue {
  const report = quietly(tell)
  const options = { prefix: `${redis.prefix}:tickets` }
  const queues = new Map<string, Queue<Ticket>>()

  const queueOf = (workerClass: string): Queue<Ticket> => {
    const known = queues.get(workerClass)
    if (known !== undefined) return known
    const queue = new Queue<Ticket>(queueName(workerClass), {
      ...options,
      connection: redis.commands,
      skipMetasUpdate: true,
    })
    queue.on('error', error => void (isBroken(error) || report('tickets', error)))
    queues.set(workerClass, queue)
    return queue
  }

  /** A queue whose first connection broke while it began stays broken: the next ticket gets a new one. */
  const forget = (workerClass: string, error: unknown): never => {
    queues
      .get(workerClass)
      ?.close()
      .catch(() => {})
    queues.delete(workerClass)
    throw error
  }

  return {
    async enqueue(tickets) {
      if (tickets.length > 0 && redis.commands.status !== 'ready')
        throw new Error(`Redis is away: ${redis.state().reason}`)
      for (const workerClass of classesOf(tickets)) {
        const jobs = tickets
          .filter(ticket => ticket.workerClass === workerClass)
          .map(data => ({
            name: 'task',
            data,
            opts: { jobId: ticketId(data), removeOnComplete: true, removeOnFail: true },
          }))
        const [first] = jobs
        const queue = queueOf(workerClass)
        // A transaction around a lone ticket would be two commands more.
        const added: Promise<unknown> =
          jobs.length === 1 && first !== undefined ? queue.add(first.name, first.data, first.opts) : queue.addBulk(jobs)
        await added.catch(error => forget(workerClass, error))
      }
    },

    process(workerClass, concurrency, work) {
      const connection = redis.open()
      let stopped = false
      const serve = async (job: Job<Ticket>, token?: string) => {
        if (!stopped) return work(job.data)
        // Taken while the desk was being stopped: for another one to do.
        await job.moveToWait(token)
        throw new WaitingError()
      }
      const worker = new Worker<Ticket>(queueName(workerClass), serve, {
        ...options,
        connection,
        concurrency,
        lockDuration: lockMs,
        stalledInterval: stalledCheckMs,
        maxStalledCount: maxStalled,
        drainDelay: 2,
        runRetryDelay: 1_000,
        removeOnComplete: { count: 0 },
        removeOnFail: { count: 0 },
      })
      worker.on('error', error => {
        if (!isForgotten(error) && !isBroken(error)) report('tickets', error)
      })
      worker.on('failed', (_, error) => report('ticket', error))
      return {
        async stop() {
          stopped = true
          await worker.pause(true)
        },
        async close() {
          // With Redis away it might say goodbye for ever.
          await Promise.race([worker.close(true), sleep(2_000, undefined, { ref: false })])
          connection.disconnect()
        },
      }
    },

    async counts(workerClass) {
      const {
        waiting = 0,
        active = 0,
        prioritized = 0,
      } = await queueOf(workerClass).getJobCounts('waiting', 'active', 'prioritized')
      return { waiting: waiting + prioritized, active }
    },

    state: redis.state,

    async close() {
      await Promise.all([...queues.values()].map(queue => queue.close()))
    },
  }
}

export const classesOf = (tickets: readonly Ticket[]): Set<string> => new Set(tickets.map(ticket => ticket.workerClass))

/** A name for BullMQ, which forbids `:`. */
const queueName = (workerClass: string): string => encodeURIComponent(workerClass)

/** A broken connection is told of by the link itself. */
const isBroken = (error: Error): boolean => /ECONN|EPIPE|ENOTFOUND|ETIMEDOUT|closed|max retries/i.test(error.message)

/** Redis was flushed, or another worker took the ticket over: expected, because Redis may forget everything at any moment. */
const isForgotten = (error: Error): boolean =>
  /missing lock|missing key|not in the active state|could not renew lock/i.test(error.message)
