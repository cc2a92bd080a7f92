/** How signals end the process: the first one in order, one more at once. */

export type StoppingDeps = {
  /** Ends what runs, in order. */
  stop(): Promise<void>
  say(text: string): void
  exit(code: number): void
  /** Told why it could not be stopped in order. */
  report(error: unknown): void
  /** Monotonic milliseconds. */
  now(): number
}

/** One Ctrl-C may arrive twice: the terminal sends it to everybody, and npm hands it on to what it started. */
const sameMs = 1_000

/** @returns what hears each signal. */
export function createStopping({ stop, say, exit, report, now }: StoppingDeps): (signal: NodeJS.Signals) => void {
  let begunAt: number | null = null
  return signal => {
    if (begunAt !== null && now() - begunAt < sameMs) return
    if (begunAt !== null) {
      say('Stopped at once. The next start takes up what is unfinished.\n')
      return exit(130)
    }
    begunAt = now()
    say(`\n${signal}: finishing what runs. Once more stops at once.\n`)
    stop().then(
      () => exit(0),
      error => {
        report(error)
        exit(1)
      },
    )
  }
}
