import { useLayoutEffect, useRef, useState } from 'react'
import css from './canvas.module.css'

/** Draws in CSS pixels; the canvas is empty. */
export type Draw = (context: CanvasRenderingContext2D, width: number, height: number) => void

/** A picture as wide and high as its place, sharp on every screen. It decorates: words say the same beside it. */
export function Canvas({ draw, onSize }: { draw: Draw; onSize?: (width: number, height: number) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { width, height } = useSize(canvas, onSize)
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (canvas.current === null || context === null || context === undefined || width === 0) return
    const ratio = Math.min(3, devicePixelRatio)
    const [pixelWidth, pixelHeight] = [Math.round(width * ratio), Math.round(height * ratio)]
    // Setting a size throws the picture away and makes a new one: only where it is another.
    if (canvas.current.width !== pixelWidth) canvas.current.width = pixelWidth
    if (canvas.current.height !== pixelHeight) canvas.current.height = pixelHeight
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    context.clearRect(0, 0, width, height)
    draw(context, width, height)
  }, [draw, width, height])
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: without a tabindex a canvas takes no focus.
  return <canvas ref={canvas} className={css.canvas} aria-hidden="true" />
}

function useSize(element: React.RefObject<HTMLElement | null>, onSize?: (width: number, height: number) => void) {
  const [size, setSize] = useState({ width: 0, height: 0 })
  const told = useRef(onSize)
  told.current = onSize
  useLayoutEffect(() => {
    if (element.current === null) return
    const measure = ({ width, height }: { width: number; height: number }) => {
      setSize(before => (before.width === width && before.height === height ? before : { width, height }))
      told.current?.(width, height)
    }
    measure(element.current.getBoundingClientRect())
    const observer = new ResizeObserver(([entry]) => entry !== undefined && measure(entry.contentRect))
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return size
}
