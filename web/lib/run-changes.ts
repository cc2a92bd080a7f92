/** That anything happened in any run: figures that are counted over runs are asked for anew then, and only then. */
import { useEffect, useRef } from 'react'
import { graphql } from '../gql/gql.ts'
import { useApp } from './app-context.ts'

export const RunsMovedDocument = graphql(`
  subscription RunsMoved {
    runsChanged {
      reload
      runIds
    }
  }
`)

/** Calls at once and then, while changes come, at most once in so many milliseconds; the last change is never forgotten. */
export function atMostEvery(ms: number, call: () => void): { request(): void; cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  let again = false
  const run = () => {
    call()
    timer = setTimeout(() => {
      timer = undefined
      if (again) run()
      again = false
    }, ms)
  }
  return {
    request() {
      if (timer === undefined) run()
      else again = true
    },
    cancel: () => clearTimeout(timer),
  }
}

/** `onChange` is called after changes, at most once in `everyMs`; not for the first word, which only says that it listens. */
export function useRunChanges(onChange: () => void, everyMs = 1_000): void {
  const { live } = useApp()
  const latest = useRef(onChange)
  latest.current = onChange
  useEffect(() => {
    let begun = false
    const changes = atMostEvery(everyMs, () => latest.current())
    const stop = live.subscribe(RunsMovedDocument, () => ({}), {
      data: () => {
        if (begun) changes.request()
        begun = true
      },
      fault: () => {},
    })
    return () => {
      stop()
      changes.cancel()
    }
  }, [live, everyMs])
}
