/** Tickets within one process: the twin of `tickets.ts`, for tests and for machines without Redis. */
import { memoryLink, type Report } from './redis.ts'
import { classesOf, type Ticket, type TicketQueue, ticketId } from './tickets.ts'

type Desk = { workerClass: string; free: number; work(ticket: Ticket): Promise<void> }

export function createMemoryTickets(report: Report = () => {}): TicketQueue {
  const waiting = new Map<string, Ticket[]>()
  const known = new Set<string>()
  const desks = new Set<Desk>()
  const active = new Map<string, number>()

  const hand = (workerClass: string) => {
    const queue = waiting.get(workerClass) ?? []
    for (const desk of desks) {
      while (desk.workerClass === workerClass && desk.free > 0 && queue.length > 0) {
        const ticket = queue.shift()
        if (ticket !== undefined) void serve(desk, ticket)
      }
    }
  }

  const serve = async (desk: Desk, ticket: Ticket) => {
    desk.free--
    active.set(desk.workerClass, (active.get(desk.workerClass) ?? 0) + 1)
    try {
      await desk.work(ticket)
    } catch (error) {
      report('ticket', error)
    } finally {
      desk.free++
      active.set(desk.workerClass, (active.get(desk.workerClass) ?? 0) - 1)
      known.delete(ticketId(ticket))
      hand(desk.workerClass)
    }
  }

  return {
    async enqueue(tickets) {
      for (const ticket of tickets) {
        if (known.has(ticketId(ticket))) continue
        known.add(ticketId(ticket))
        const queue = waiting.get(ticket.workerClass)
        if (queue === undefined) waiting.set(ticket.workerClass, [ticket])
        else queue.push(ticket)
      }
      setImmediate(() => {
        for (const workerClass of classesOf(tickets)) hand(workerClass)
      })
    },
    process(workerClass, concurrency, work) {
      const desk = { workerClass, free: concurrency, work }
      desks.add(desk)
      setImmediate(() => hand(workerClass))
      const stop = async () => void desks.delete(desk)
      return { stop, close: stop }
    },
    counts: async workerClass => ({
      waiting: waiting.get(workerClass)?.length ?? 0,
      active: active.get(workerClass) ?? 0,
    }),
    state: () => memoryLink,
    async close() {
      desks.clear()
    },
  }
}
