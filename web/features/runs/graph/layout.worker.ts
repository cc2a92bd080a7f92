import { layout } from './layout.ts'
import type { Shape } from './shape.ts'

/** Asked with a numbered shape, answers with its numbered layout. */
self.onmessage = (message: MessageEvent<{ id: number; shape: Shape }>) => {
  self.postMessage({ id: message.data.id, layout: layout(message.data.shape) })
}
