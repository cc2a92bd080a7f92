/** Keeps a run talking: it is paused and resumed without end, which is an event each time, whatever dies meanwhile. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Ask } from './ask.ts'

export type Ticker = {
  /** Ends with the run resumed. Throws nothing: who waits for the run will see. */
  rest(): Promise<void>
  stop(): void
}

/** `everyMs`: rests so long between two words. */
export function createTicker(ask: Ask, runId: string, everyMs = 150): Ticker {
  let on = true
  const say = (name: string) =>
    ask.mutate(name, { runId }, 'run { id }').then(
      () => true,
      () => false,
    )
  const ticking = (async () => {
    for (let name = 'pauseRun'; on; name = name === 'pauseRun' ? 'resumeRun' : 'pauseRun') {
      await say(name)
      await sleep(everyMs)
    }
  })()
  return {
    async rest() {
      on = false
      await ticking
      for (let tries = 0; tries < 50 && !(await say('resumeRun')); tries++) await sleep(everyMs)
    },
    stop() {
      on = false
    },
  }
}
