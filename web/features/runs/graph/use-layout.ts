import type { Viewport } from '@xyflow/react'
import { useEffect, useRef, useState } from 'react'
import type { Layout } from './layout.ts'
import type { Shape } from './shape.ts'

export type Placed = { readonly shape: Shape; readonly layout: Layout }

/** What stays of the picture while another view is shown, so that whoever comes back finds it as it was left. */
export type GraphMemory = {
  /** The shape of that key, as long as no other was asked for. */
  shape(key: string, make: () => Shape): Shape
  placed: Placed | null
  /** The part of it that was seen last, and whether somebody had chosen that part. */
  viewport: Viewport | null
  moved: boolean
}

export function createGraphMemory(): GraphMemory {
  let last: { key: string; shape: Shape } | null = null
  return {
    shape(key, make) {
      if (last?.key !== key) last = { key, shape: make() }
      return last.shape
    },
    placed: null,
    viewport: null,
    moved: false,
  }
}

/** The newest shape that is laid out; null before the first. The old picture stands until the new one is ready. */
export function useLayout(shape: Shape, memory: GraphMemory): Placed | null {
  const [placed, setPlaced] = useState(memory.placed)
  const worker = useRef<Worker | null>(null)
  const asked = useRef({ id: 0, shape })

  useEffect(
    () => () => {
      worker.current?.terminate()
      worker.current = null
    },
    [],
  )
  useEffect(() => {
    if (memory.placed?.shape === shape) return
    asked.current = { id: asked.current.id + 1, shape }
    worker.current ??= startWorker((id, layout) => {
      // Answers that time has overtaken are left aside.
      if (id !== asked.current.id) return
      memory.placed = { shape: asked.current.shape, layout }
      setPlaced(memory.placed)
    })
    worker.current.postMessage(asked.current)
  }, [shape, memory])

  return placed
}

function startWorker(onLayout: (id: number, layout: Layout) => void): Worker {
  const worker = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' })
  worker.onmessage = (message: MessageEvent<{ id: number; layout: Layout }>) =>
    onLayout(message.data.id, message.data.layout)
  return worker
}
