/** Asks for one call, soon; returns how to call it off. In the page: the next animation frame. */
export type Schedule = (task: () => void) => () => void

export const nextFrame: Schedule = task => {
  const handle = requestAnimationFrame(task)
  return () => cancelAnimationFrame(handle)
}

/**
 * The next animation frame, but one that begins at least `ms()` after the one before. What comes alone is there at once; of
 * what flows, no eye reads more than thirty states a second, and a page that draws half of them has the other half of its
 * time for whoever uses it.
 */
export function framesApart(ms: () => number): Schedule {
  let last = Number.NEGATIVE_INFINITY
  return task => {
    let callOff = () => {}
    const begin = () => {
      callOff = nextFrame(() => {
        last = performance.now()
        task()
      })
    }
    // The frame is asked for half of one early: it begins with the screen.
    const wait = last + ms() - performance.now() - 8
    if (wait <= 0) begin()
    else {
      const timer = setTimeout(begin, wait)
      callOff = () => clearTimeout(timer)
    }
    return () => callOff()
  }
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
