import { useEffect, useRef, useState } from 'react'
import type { Layout } from './layout.ts'
import type { Shape } from './shape.ts'

export type Placed = { shape: Shape; layout: Layout }

/** The newest shape that is laid out; null before the first. The old picture stands until the new one is ready. */
export function useLayout(shape: Shape): Placed | null {
  const [placed, setPlaced] = useState<Placed | null>(null)
  const worker = useRef<Worker | null>(null)
  const asked = useRef({ id: 0, shape })

  useEffect(() => {
    const created = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' })
    worker.current = created
    created.onmessage = (message: MessageEvent<{ id: number; layout: Layout }>) => {
      // Answers that time has overtaken are left aside.
      if (message.data.id === asked.current.id) setPlaced({ shape: asked.current.shape, layout: message.data.layout })
    }
    return () => created.terminate()
  }, [])

  useEffect(() => {
    asked.current = { id: asked.current.id + 1, shape }
    worker.current?.postMessage(asked.current)
  }, [shape])

  return placed
}
