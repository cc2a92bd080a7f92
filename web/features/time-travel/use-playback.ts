import { useCallback, useEffect, useState } from 'react'
import { useMoment, useRunStore } from '../../lib/run-context.ts'
import { type Pace, paces, play, playFrom } from './playback.ts'

/** Moves the moment on by itself, once a frame, until the newest event or until somebody else moves it. */
export function usePlayback(): { playing: boolean; pace: Pace; toggle(): void; nextPace(): void } {
  const store = useRunStore()
  const moment = useMoment()
  const [playing, setPlaying] = useState(false)
  const [pace, setPace] = useState<Pace>(1)

  useEffect(() => {
    if (!playing) return
    let { log } = store.get()
    // Whoever plays what is over sees it from its beginning.
    if (moment.seq.get() === null) moment.go(1)
    let state = playFrom(log, Math.min(moment.seq.get() ?? 1, log.length))
    let before = performance.now()
    let handle = requestAnimationFrame(function step(now) {
      log = store.get().log
      if (moment.seq.get() !== state.seq) return setPlaying(false)
      state = play(state, log, { elapsedMs: now - before, pace })
      before = now
      moment.go(state.seq >= log.length ? null : state.seq)
      if (state.seq >= log.length) return setPlaying(false)
      handle = requestAnimationFrame(step)
    })
    return () => cancelAnimationFrame(handle)
  }, [playing, pace, store, moment])

  return {
    playing,
    pace,
    toggle: useCallback(() => setPlaying(before => !before), []),
    nextPace: useCallback(() => setPace(before => paces[(paces.indexOf(before) + 1) % paces.length] ?? 1), []),
  }
}
